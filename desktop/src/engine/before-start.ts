import { relative } from 'node:path';
import type { FilePlace, PreflightReport, VariablesView } from '#contract/index.ts';
import { type TracedLoad, traceModel } from './compose/index.ts';
import type { EngineLink } from './link.ts';
import { runPreflight } from './preflight/index.ts';
import type { ProjectFiles } from './project-files.ts';

/** What is looked at before a start. */
export interface BeforeStart {
  readonly files: ProjectFiles;
  readonly link: () => Promise<EngineLink>;
  readonly directory: string;
  readonly variables: (environment: string) => Promise<VariablesView>;
}

/** Runs the preflight checks for an environment of a folder, or for a project that is not of it. */
export async function checkBeforeStart(
  { files, link, directory, variables }: BeforeStart,
  id: string,
): Promise<PreflightReport> {
  const { environment, project, model, error } = await files.load(id);
  const home = model?.directory ?? directory;
  let traced: Promise<TracedLoad | undefined> | undefined;
  let view: Promise<VariablesView | undefined> | undefined;
  return runPreflight({
    environment: id,
    directory: home,
    project,
    model,
    error,
    envFiles: environment.envFiles,
    gateway: async () => (await link()).gateway,
    // Asked for by several checks, read once; not there where the files are not.
    variables: () => (view ??= variables(id).catch(() => undefined)),
    async originOf(path) {
      traced ??= files.request(id).then(traceModel, () => undefined);
      const place = (await traced)?.trace.originAt(path)?.place;
      return place && shown(home, place);
    },
  });
}

function shown(directory: string, { file, line }: FilePlace): FilePlace {
  const way = relative(directory, file);
  return { file: way.startsWith('..') ? file : way, line };
}
