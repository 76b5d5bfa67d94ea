import type { LastWords } from '#contract/index.ts';
import type { ContainerDetail } from './docker/index.ts';
import type { EngineLink } from './link.ts';
import { maskerFor } from './log-masks.ts';
import type { ProjectFiles } from './project-files.ts';
import { label, readLastLines } from './stack/index.ts';

const lineCount = 20;

/** What is most wrong comes first: one that does not run before one that has restarted before one that is unhealthy. */
function trouble({ running, restarting, health, restartCount }: ContainerDetail): number {
  if (!running || restarting) return 3;
  if (health === 'unhealthy') return 2;
  return restartCount > 0 ? 1 : 0;
}

/** The last lines of the container of a service that is worst off, secrets masked; none where it has no container. */
export async function readLastWords(
  files: ProjectFiles,
  link: EngineLink,
  environment: string,
  service: string,
): Promise<LastWords> {
  const { project, model } = await files.load(environment);
  const watch = link.watch().project(project);
  await watch.settled();
  const own = (watch.snapshot?.containers ?? [])
    .map(({ detail }) => detail)
    .filter(({ labels }) => labels[label.service] === service && labels[label.oneoff] !== 'True');
  const [worst] = own.toSorted((a, b) => trouble(b) - trouble(a) || b.restartCount - a.restartCount);
  if (worst === undefined) return { lines: [] };
  return {
    container: worst.name,
    lines: await readLastLines(link.gateway, worst, lineCount, maskerFor(model, false)),
  };
}
