import { join } from 'node:path';
import type { StackState } from '#contract/index.ts';
import { createEngine } from '#engine/engine.ts';
import { createComposeProject } from '#testing/compose-project.ts';
import { type CutProxy, startCutProxy } from '#testing/cut-proxy.ts';
import { dockerText, testEngine } from '#testing/docker-cli.ts';
import { printTable, report, told } from './support/measure.ts';

/** One project of 500 containers on the real engine: until all are shown, until a change is, and how often the engine is asked. */
const scale = Number(process.env['QUAYSIDE_BENCH_SCALE'] ?? '1');
const services = Math.max(1, Math.round(25 * scale));
const replicas = 20;
const all = services * replicas;
const earlyChanges = 5;
const changes = 10;

const sleeper = {
  image: 'node:24-bookworm-slim',
  command: ['sleep', '1000'],
  stop_grace_period: '0s',
  scale: replicas,
};
const names = Array.from({ length: services }, (_, index) => `s${String(index).padStart(2, '0')}`);

/** The states of the stack; `until` waits for one that satisfies a test, unless the last one does. */
class Shown {
  private readonly states: AsyncIterator<StackState>;
  private last: StackState | undefined;

  constructor(states: AsyncIterable<StackState>) {
    this.states = states[Symbol.asyncIterator]();
  }

  async until(test: (state: StackState) => boolean): Promise<void> {
    while (this.last === undefined || !test(this.last)) {
      const next = await this.states.next();
      if (next.done === true) throw new Error('the stream ended');
      this.last = next.value;
    }
  }

  /** Left as it is, it would go on looking at the project's files. */
  async end(): Promise<void> {
    await this.states.return?.();
  }
}

const containersOf = ({ services: found }: StackState) => found.flatMap(({ containers }) => containers);
const runningIn = (state: StackState): number =>
  containersOf(state).filter(({ status }) => status === 'running').length;

/** Starts containers one by one; the longest time from the end of the command until the state tells it. */
async function slowestChange(shown: Shown, ids: readonly string[], before: number): Promise<number> {
  const times: number[] = [];
  for (const [index, id] of ids.entries()) {
    const ended = dockerText('start', id).then(() => performance.now());
    await shown.until((state) => runningIn(state) === before + index + 1);
    const seen = performance.now();
    times.push(Math.max(0, seen - (await ended)));
  }
  return Math.max(...times);
}

async function measure(shown: Shown, ids: readonly string[], proxy: CutProxy): Promise<void> {
  const begun = performance.now();
  await shown.until((state) => containersOf(state).length === all);
  const listed = performance.now() - begun;
  const asked = proxy.takeRequests().length;
  report(`${all} containers, until all are shown`, listed, 1000, 'ms', `${asked} requests`);
  const early = await slowestChange(shown, ids.slice(0, earlyChanges), 0);
  report('a change while they are read closer is shown after its command has ended', early, 250, 'ms', 'slowest');
  await shown.until(({ reading }) => reading === undefined);
  const extra = `${proxy.takeRequests().length} requests more`;
  told('until all have been read closer, in the background', performance.now() - begun, 'ms', extra);
  const late = await slowestChange(shown, ids.slice(earlyChanges, earlyChanges + changes), earlyChanges);
  const each = proxy.takeRequests().length / changes;
  report('a change after that', late, 250, 'ms', `slowest of ${changes}; ${each.toFixed(1)} requests each`);
}

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
  const panel = createEngine({
    directory: project.directory,
    selection: { files: [], envFiles: [], profiles: [], projectName: project.name },
    endpoint: {},
    hostKind: 'test',
    version: '0.0.0',
    env: { ...process.env, DOCKER_HOST: proxy.url, QUAYSIDE_STATE_DIR: join(project.directory, 'state') },
  });
  const shown = new Shown(panel.stack.watch('default', new AbortController().signal));
  try {
    await measure(shown, ids, proxy);
  } finally {
    await shown.end();
    await panel.dispose();
  }
} finally {
  await proxy.dispose();
  await project.remove();
}
printTable();
