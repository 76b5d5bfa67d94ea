import type { ServiceUsage, StackState, StackUsage } from '#contract/index.ts';
import { now, standsStill } from './clock.ts';

const everySeconds = 5;
const history = 58;
/** A while in which nothing ran. */
const gap = (count: number) => count > 20 && count < 30;

function usageOf(name: string, index: number, count: number): ServiceUsage {
  const cores = 0.03 + 0.02 * index + 0.02 * Math.sin(count + index) + (count % 17 === 0 ? 0.5 : 0);
  const memory = (84 + 21 * index + (count % 7)) * 2 ** 20;
  const limit = index === 1 ? { memoryLimit: 128 * 2 ** 20, fullest: Math.min(1, 0.86 + count * 0.001) } : {};
  const figures = { name, cores, memory: index === 1 ? (limit.fullest ?? 0) * 128 * 2 ** 20 : memory, ...limit };
  return { ...figures, containers: [figures] };
}

/** Made-up figures: almost five minutes of them at once, then one every few seconds while time goes on. */
export async function* fakeUsage(
  environment: string,
  shown: () => StackState,
  signal: AbortSignal | undefined,
): AsyncGenerator<StackUsage> {
  const end = now();
  for (let count = 0; signal?.aborted !== true; count += 1) {
    const running = shown().services.filter(({ containers }) => containers.some(({ status }) => status === 'running'));
    const services = running.flatMap(({ name }, index) =>
      index === 0 && gap(count) ? [] : [usageOf(name, index, count)],
    );
    const at = new Date(end + (count - history) * everySeconds * 1000).toISOString();
    if (!standsStill || count <= history) yield { environment, at, everySeconds, services };
    if (count >= history) await new Promise((resolve) => setTimeout(resolve, everySeconds * 1000).unref());
  }
}
