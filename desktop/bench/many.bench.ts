import { join } from 'node:path';
import { createEngine } from '#engine/engine.ts';
import { createComposeProject } from '#testing/compose-project.ts';
import { startCutProxy } from '#testing/cut-proxy.ts';
import { dockerText, testEngine } from '#testing/docker-cli.ts';
import { report } from './support/measure.ts';

/** One project of 500 containers on the real engine: until all are shown, until a change is, and how often the engine is asked. */
const scale = Number(process.env['QUAYSIDE_BENCH_SCALE'] ?? '1');
const services = Math.max(1, Math.round(25 * scale));
const replicas = 20;
const all = services * replicas;
const changes = 10;

const sleeper = {
  image: 'node:24-bookworm-slim',
  command: ['sleep', '1000'],
  stop_grace_period: '0s',
  scale: replicas,
};
const names = Array.from({ length: services }, (_, index) => `s${String(index).padStart(2, '0')}`);
const project = await createComposeProject({
  services: Object.fromEntries(names.map((name) => [name, { ...sleeper, network_mode: 'none' }])),
});
const proxy = await startCutProxy(testEngine());
try {
  await project.compose('create');
  const ids = (
    await dockerText('ps', '-aq', '--no-trunc', '--filter', `label=com.docker.compose.project=${project.name}`)
  )
    .split('\n')
    .filter((id) => id !== '');
  if (ids.length !== all) throw new Error(`${ids.length} containers are there instead of ${all}`);

  const begun = performance.now();
  const panel = createEngine({
    directory: project.directory,
    selection: { files: [], envFiles: [], profiles: [], projectName: project.name },
    endpoint: {},
    hostKind: 'test',
    version: '0.0.0',
    env: { ...process.env, DOCKER_HOST: proxy.url, QUAYSIDE_STATE_DIR: join(project.directory, 'state') },
  });
  const states = panel.stack.watch('default', AbortSignal.timeout(600_000))[Symbol.asyncIterator]();
  const shown = async (done: (running: number, there: number) => boolean): Promise<void> => {
    for (;;) {
      const next = await states.next();
      if (next.done === true) throw new Error('the stream ended');
      const containers = next.value.services.flatMap((service) => service.containers);
      if (done(containers.filter(({ status }) => status === 'running').length, containers.length)) return;
    }
  };
  await shown((_running, there) => there === all);
  report(
    `${all} containers, until all are shown`,
    performance.now() - begun,
    1000,
    'ms',
    `${proxy.takeRequests().length} requests`,
  );

  const times: number[] = [];
  for (const [index, id] of ids.slice(0, changes).entries()) {
    const started = performance.now();
    const running = dockerText('start', id).then(() => performance.now() - started);
    await shown((now) => now === index + 1);
    times.push(performance.now() - started - Math.min(await running, performance.now() - started));
  }
  const sorted = times.toSorted((a, b) => a - b);
  const asked = proxy.takeRequests().filter((line) => !line.includes('/start')).length / changes;
  report(
    `${all} containers, a change is shown after the command has ended`,
    sorted.at(-1) ?? 0,
    250,
    'ms',
    `${asked.toFixed(1)} requests each`,
  );
  await panel.dispose();
} finally {
  await proxy.dispose();
  await project.remove();
}
