import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Beside this file in the sources; beside or above the bundle that this file has become a part of. */
const places = ['worker.ts', 'yaml-worker.js', join('..', 'yaml-worker.js')];

/** The program of the thread that parses YAML, as it lies on this machine. */
export function workerFile(): string {
  const found = places.map((name) => join(import.meta.dirname, name)).find((file) => existsSync(file));
  if (found === undefined) throw new Error(`There is no yaml-worker.js beside ${import.meta.dirname}.`);
  return found;
}
