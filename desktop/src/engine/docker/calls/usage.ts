import { z } from 'zod';
import { json, type Transport } from '../transport.ts';
import type { ContainerReading } from '../types.ts';
import { segment } from './filters.ts';

const figures = z.object({
  read: z.string(),
  cpu_stats: z.object({
    cpu_usage: z.object({ total_usage: z.number().default(0), percpu_usage: z.array(z.number()).nullish() }),
    system_cpu_usage: z.number().default(0),
    online_cpus: z.number().default(0),
  }),
  memory_stats: z
    .object({
      usage: z.number().default(0),
      /** `inactive_file` with cgroups v2, `total_inactive_file` with v1. */
      stats: z.record(z.string(), z.number()).nullish(),
    })
    .default({ usage: 0 }),
});

/** Reads once what a container has used; the engine does not wait for a second reading. Undefined where it does not run. */
export async function usageOf(
  transport: Transport,
  deadlineMs: number,
  id: string,
): Promise<ContainerReading | undefined> {
  const answer = await json(transport, figures, {
    method: 'GET',
    path: `/containers/${segment(id)}/stats`,
    query: { stream: false, 'one-shot': true },
    deadlineMs,
  });
  return readingOf(answer);
}

/** The figures of an answer, as the engine's own client reads them. */
export function readingOf({
  read,
  cpu_stats: cpu,
  memory_stats: memory,
}: z.infer<typeof figures>): ContainerReading | undefined {
  // The engine's word for "never": it answers so for a container that does not run.
  if (read.startsWith('0001-')) return undefined;
  return {
    at: read,
    cpuNanoseconds: cpu.cpu_usage.total_usage,
    systemNanoseconds: cpu.system_cpu_usage,
    processors: cpu.online_cpus > 0 ? cpu.online_cpus : (cpu.cpu_usage.percpu_usage?.length ?? 0),
    memory: withoutSpare(memory.usage, memory.stats ?? {}),
  };
}

/** Files that are only kept in case they are read again are given back at need, and not counted. */
function withoutSpare(usage: number, stats: Readonly<Record<string, number>>): number {
  const spare = [stats['total_inactive_file'], stats['inactive_file']].find((one) => one !== undefined && one < usage);
  return usage - (spare ?? 0);
}
