import { basename } from 'node:path';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { invalid } from '../errors.ts';
import type { Origin } from '../tree/node.ts';

/** Lower case, only letters, digits, `_` and `-`, none of the last two in front; may be empty. */
export function normalizeProjectName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^-_a-z0-9]/g, '')
    .replace(/^[-_]+/, '');
}

/** A name that a file gives, and where. */
export interface NamedInFile {
  readonly text: string;
  readonly where: Origin;
}

/** Where a project name may come from, strongest first. */
export interface NameSources {
  /** -p */
  readonly explicit: string | undefined;
  /** COMPOSE_PROJECT_NAME */
  readonly environment: string | undefined;
  /** `name:` of the files, interpolated. */
  readonly file: NamedInFile | undefined;
  readonly fallback: string | undefined;
  readonly directory: string;
}

/** The name of the project. Names given by option or variable have to be valid as they stand; the others are made so. */
export function projectName(from: NameSources): string {
  for (const given of [from.explicit, from.environment]) {
    if (given === undefined || given === '') continue;
    if (normalizeProjectName(given) === given) return given;
    const message =
      given === from.explicit
        ? say`the project name "${given}" is not valid`
        : say`the project name "${given}" in COMPOSE_PROJECT_NAME is not valid`;
    throw new QuaysideError('COMPOSE_INVALID', message, {
      remedy: say`Use lowercase letters, digits, hyphens and underscores; begin with a letter or digit.`,
    });
  }
  if (from.file !== undefined) return nameOfFile(from.file);
  const name = [from.fallback, basename(from.directory)]
    .map((text) => normalizeProjectName(text ?? ''))
    .find((text) => text !== '');
  if (name !== undefined) return name;
  throw new QuaysideError('COMPOSE_INVALID', say`no project name can be made from the folder ${from.directory}`, {
    remedy: say`Set name: at the top of the compose file.`,
  });
}

function nameOfFile({ text, where }: NamedInFile): string {
  const name = normalizeProjectName(text);
  if (name !== '') return name;
  throw invalid(where, say`no project name is left of "${text}"`, say`Use lowercase letters and digits.`);
}
