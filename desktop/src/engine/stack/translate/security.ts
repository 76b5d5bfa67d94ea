import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { QuaysideError } from '#contract/index.ts';
import type { ServiceModel } from '#engine/compose/index.ts';
import { say } from '#kit/say.ts';
import { textList } from './values.ts';

const unconfinedPaths = 'systempaths=unconfined';

/** The security part of HostConfig; `profiles` holds the content of seccomp profiles by path, as {@link seccompFile} gives it. */
export function security(
  service: ServiceModel,
  directory: string,
  profiles: ReadonlyMap<string, string>,
): { SecurityOpt?: string[]; MaskedPaths?: []; ReadonlyPaths?: [] } {
  const options = textList(service['security_opt']);
  if (options === undefined) return {};
  const SecurityOpt = options
    .filter((option) => option !== unconfinedPaths)
    .map((option) => {
      checkForm(service, option);
      const file = seccompFile(option, directory);
      return file === undefined ? option : `seccomp=${profiles.get(file) ?? ''}`;
    });
  return options.includes(unconfinedPaths) ? { SecurityOpt, MaskedPaths: [], ReadonlyPaths: [] } : { SecurityOpt };
}

/** Absolute path of the seccomp profile that an option names; undefined for every other option. */
export function seccompFile(option: string, directory: string): string | undefined {
  const [, path] = /^seccomp[=:](?!unconfined$|builtin$)(.*)$/s.exec(option) ?? [];
  if (path === undefined) return undefined;
  return path.startsWith('~') ? join(homedir(), path.slice(1)) : resolve(directory, path);
}

function checkForm(service: ServiceModel, option: string): void {
  if (/[=:]/.test(option) || option === 'no-new-privileges') return;
  throw new QuaysideError('COMPOSE_INVALID', say`services.${service.name}.security_opt: "${option}" is no option.`, {
    remedy: say`Write NAME=VALUE, such as apparmor=unconfined, or no-new-privileges.`,
  });
}
