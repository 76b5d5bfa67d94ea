import { shellWord } from '#kit/shell-word.ts';
import { otherOf } from './other-projects.ts';
import type { Selection } from './project-files.ts';

/**
 * `quayside` with the options that lead to an environment again: those that were given by hand, and `--env` where the folder
 * has several. `ids`: the environments of the folder.
 */
export function ownCommand(id: string, ids: readonly string[], selection: Selection | undefined): string {
  const { files = [], envFiles = [], profiles = [], projectName = otherOf(id) } = selection ?? {};
  const given = [
    ...(ids.length > 1 && ids.includes(id) ? [`--env ${shellWord(id)}`] : []),
    ...files.map((file) => `-f ${shellWord(file)}`),
    ...envFiles.map((file) => `--env-file ${shellWord(file)}`),
    ...(projectName === undefined ? [] : [`-p ${shellWord(projectName)}`]),
    ...profiles.map((profile) => `--profile ${shellWord(profile)}`),
  ];
  return ['quayside', ...given].join(' ');
}
