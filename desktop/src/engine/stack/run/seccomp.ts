import { QuaysideError } from '#contract/index.ts';
import { readText, type ServiceModel } from '#engine/compose/index.ts';
import { say } from '#kit/say.ts';
import { seccompFile } from '../translate/security.ts';
import { textList } from '../translate/values.ts';

/** Texts (kept) and the blanks between tokens. */
const blanks = /("(?:[^"\\]|\\.)*")|\s+/g;

/** The seccomp profiles that a service names, by path and without blanks: the engine wants the profile, not its path. */
export async function readSeccomp(service: ServiceModel, directory: string): Promise<ReadonlyMap<string, string>> {
  const profiles = new Map<string, string>();
  for (const option of textList(service['security_opt']) ?? []) {
    const file = seccompFile(option, directory);
    if (file === undefined) continue;
    try {
      const text = await readText(file);
      JSON.parse(text);
      profiles.set(file, text.replace(blanks, '$1'));
    } catch (cause) {
      throw new QuaysideError(
        'COMPOSE_INVALID',
        say`The seccomp profile ${file} of ${service.name} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}.`,
        { remedy: say`Give the path of a JSON file, relative to the project folder.`, cause },
      );
    }
  }
  return profiles;
}
