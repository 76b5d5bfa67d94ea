import { join } from 'node:path';
import { readEnvEntries, readText } from '#engine/compose/index.ts';
import { findEnvExample } from '#engine/workspace/index.ts';
import { type Described, describedEntries } from './env-text/comments.ts';

/** The example file of a folder, with what it says of each variable. */
export interface Example {
  readonly name: string;
  readonly text: string;
  readonly variables: readonly Described[];
}

/** Undefined where there is none, or it cannot be read. */
export async function readExample(directory: string): Promise<Example | undefined> {
  const name = await findEnvExample(directory);
  if (name === undefined) return undefined;
  try {
    const text = await readText(join(directory, name));
    const entries = readEnvEntries(join(directory, name), text, () => undefined);
    return { name, text, variables: describedEntries(text, entries) };
  } catch {
    return undefined;
  }
}
