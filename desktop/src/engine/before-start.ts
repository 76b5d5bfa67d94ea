import type { PreflightReport } from '#contract/index.ts';
import type { EngineLink } from './link.ts';
import { runPreflight } from './preflight/index.ts';
import type { ProjectFiles } from './project-files.ts';

/** Runs the preflight checks for an environment of a folder. */
export async function checkBeforeStart(
  files: ProjectFiles,
  link: () => Promise<EngineLink>,
  directory: string,
  id: string,
): Promise<PreflightReport> {
  const { environment, project, model, error } = await files.load(id);
  return runPreflight({
    environment: id,
    directory,
    project,
    model,
    error,
    envFiles: environment.envFiles,
    gateway: async () => (await link()).gateway,
  });
}
