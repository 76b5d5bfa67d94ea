import type { StackUsage, UsagePace } from '#contract/index.ts';
import type { UsageReading } from './health/index.ts';
import type { EngineLink } from './link.ts';
import type { ProjectFiles } from './project-files.ts';
import { label } from './stack/index.ts';
import { UsageSampler } from './usage-sampler.ts';

export interface UsageView {
  /** Yields what the services use, at the pace of the one who wants it fastest, until `signal` aborts. Throws ENVIRONMENT_NOT_FOUND. */
  watch(environment: string, pace: UsagePace, signal: AbortSignal): AsyncIterable<StackUsage>;
}

/** What the services of environments use: read once for all that watch, and not at all while nobody does. */
export function createUsageView(files: ProjectFiles, link: () => Promise<EngineLink>): UsageView {
  const samplers = new Map<string, UsageSampler>();
  return {
    async *watch(environment, pace, signal) {
      await files.load(environment);
      const known = samplers.get(environment);
      const sampler =
        known ??
        new UsageSampler(environment, async () => readUsage(await link(), (await files.load(environment)).project));
      samplers.set(environment, sampler);
      yield* sampler.watch(pace, signal);
    },
  };
}

/** Reads what each running container of a project has used until now. Throws where the engine does not answer. */
async function readUsage(link: EngineLink, project: string): Promise<UsageReading[]> {
  const watch = link.watch().project(project);
  await watch.settled();
  const running = (watch.snapshot?.containers ?? []).filter(
    ({ detail }) => detail.running && detail.labels[label.oneoff] !== 'True',
  );
  const readings = running.map(async ({ detail }): Promise<UsageReading[]> => {
    const { id, name, labels, memoryLimit } = detail;
    // One that ends meanwhile uses nothing.
    const usage = await link.gateway.containers.usage(id).catch(() => undefined);
    return usage === undefined ? [] : [{ id, name, service: labels[label.service] ?? '', memoryLimit, usage }];
  });
  return (await Promise.all(readings)).flat();
}
