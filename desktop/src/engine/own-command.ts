import { otherOf } from './other-projects.ts';
import { quoted, type Selection } from './project-files.ts';

/**
 * `quayside` with the options that lead to an environment again: those that were given by hand, and `--env` where the folder
 * has several. `ids`: the environments of the folder.
 */
export function ownCommand(id: string, ids: readonly string[], selection: Selection | undefined): string {
  const { files = [], envFiles = [], profiles = [], projectName = otherOf(id) } = selection ?? {};
  const given = [
    ...(ids.length > 1 && ids.includes(id) ? [`--env ${quoted(id)}`] : []),
    ...files.map((file) => `-f ${quoted(file)}`),
    ...envFiles.map((file) => `--env-file ${quoted(file)}`),
    ...(projectName === undefined ? [] : [`-p ${quoted(projectName)}`]),
    ...profiles.map((profile) => `--profile ${quoted(profile)}`),
  ];
  return ['quayside', ...given].join(' ');
}
