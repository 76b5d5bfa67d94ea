import { randomBytes } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { bake } from '../tests/support/bake.ts';
import { docker } from '../tests/support/command.ts';
import { copyProject } from '../tests/support/project.ts';

/** How large the images are above their base, how long a rebuild takes against a cold build, and a stop. */
const budgets = {
  megabytes: { backend: 60, frontend: 25 },
  rebuild: 0.2,
  stopSeconds: 2,
};
const services = ['backend', 'frontend'] as const;
const rounds = 3;
const registry = `qs-test-${randomBytes(4).toString('hex')}`;
const image = (service: string) => `${registry}/ecommerce-rag-${service}:bench`;

function report(what: string, value: number, budget: number, unit: string, extra: string): void {
  const ok = value <= budget;
  const figure = `${value.toFixed(2)} ${unit} (budget ${budget} ${unit})`;
  process.stdout.write(`${ok ? 'ok  ' : 'MISS'} ${what}: ${figure}; ${extra}\n`);
  if (!ok) process.exitCode = 1;
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

const sizeOf = async (name: string) => Number(await docker(['image', 'inspect', name, '--format', '{{.Size}}'])) / 1e6;

/** Builds a service with nothing cached, then again after a change in each of the sources. */
async function builds(directory: string, service: string, sources: readonly string[]): Promise<void> {
  const build = (...more: string[]) => bake(directory, { REGISTRY: registry, VERSION: 'bench' }, service, ...more);
  const cold = await seconds(() => build('--no-cache'));
  for (const source of sources) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await appendFile(join(directory, source), `\nexport const edit${randomBytes(4).toString('hex')} = ${round};\n`);
      times.push(await seconds(() => build()));
    }
    const again = median(times);
    const what = `rebuild of the ${service} after a change in ${source}, against a cold build`;
    report(what, again / cold, budgets.rebuild, 'x', `${again.toFixed(1)} s against ${cold.toFixed(1)} s`);
  }
}

const times = z.object({ StartedAt: z.string(), FinishedAt: z.coerce.date(), ExitCode: z.literal(0) });

/** Seconds from SIGTERM to the end of an idle container, by the clock of the engine. */
async function stopTime(service: string): Promise<number> {
  const id = await docker(['run', '--detach', '--init', '--name', `${registry}-${service}`, image(service)]);
  try {
    while ((await docker(['inspect', id, '--format', '{{.State.Health.Status}}'])) !== 'healthy');
    await docker(['stop', id]);
    await docker(['wait', id]);
    const filters = ['--filter', `container=${id}`, '--filter', 'event=kill'];
    const killed = await docker(['events', '--since', '10m', '--until', '0s', ...filters, '--format', '{{.TimeNano}}']);
    const { FinishedAt } = times.parse(JSON.parse(await docker(['inspect', id, '--format', '{{json .State}}'])));
    return (Number(FinishedAt) - Number(killed) / 1e6) / 1000;
  } finally {
    await docker(['rm', '--force', id]);
  }
}

const { directory, remove } = await copyProject();
try {
  await builds(directory, 'backend', ['backend/src/main.ts', 'service/src/process/version.ts']);
  await builds(directory, 'frontend', ['frontend/src/page/main.tsx', 'service/src/process/version.ts']);
  const base = await sizeOf('node:24-bookworm-slim');
  for (const service of services) {
    const size = await sizeOf(image(service));
    const extra = `${size.toFixed(0)} MB in all`;
    report(`image of the ${service} above its base`, size - base, budgets.megabytes[service], 'MB', extra);
  }
  for (const service of services) {
    const stops: number[] = [];
    for (let round = 0; round < rounds; round += 1) stops.push(await stopTime(service));
    report(
      `SIGTERM to the end of the idle ${service}`,
      median(stops),
      budgets.stopSeconds,
      's',
      'of which 1 s is the drain',
    );
  }
} finally {
  await docker(['image', 'rm', '--force', ...services.map(image)]);
  await remove();
}
