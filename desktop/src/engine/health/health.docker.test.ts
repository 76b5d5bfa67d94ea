import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EngineState, ServiceState } from '#contract/index.ts';
import { connect, type DockerGateway } from '#engine/docker/index.ts';
import { type CutProxy, startCutProxy } from '#testing/cut-proxy.ts';
import { dockerText as docker, removeLabelled, testEngine } from '#testing/docker-cli.ts';
import {
  createEngineWatch,
  describeServices,
  describeStack,
  type EngineWatch,
  factsOfLabels,
  type StackSnapshot,
  type StackWatch,
} from './index.ts';

const image = 'node:24-bookworm-slim';
const project = `qs-test-watch-${process.pid}`;
const label = `com.docker.compose.project=${project}`;

async function run(service: string, options: string[], ...command: string[]): Promise<string> {
  const labels = [label, `com.docker.compose.service=${service}`, 'com.docker.compose.container-number=1'];
  const name = `${project}-${service}-1`;
  return docker(
    'run',
    '-d',
    '--name',
    name,
    ...labels.flatMap((text) => ['--label', text]),
    ...options,
    image,
    ...command,
  );
}

const probing = (command: string): string[] => [
  '--health-cmd',
  command,
  ...['--health-interval', '300ms', '--health-timeout', '2s', '--health-retries', '2'],
];
const idle = ['node', '-e', 'setInterval(() => {}, 1000)'];

let proxy: CutProxy;
let gateway: DockerGateway;
let engine: EngineWatch;
let watch: StackWatch;

beforeEach(async () => {
  proxy = await startCutProxy(testEngine());
  gateway = connect({ url: proxy.url, source: 'test' }, { feed: { firstPauseMs: 50, longestPauseMs: 300 } });
  engine = createEngineWatch({ gateway });
  watch = engine.project(project);
});

afterEach(async () => {
  await engine.dispose();
  gateway.dispose();
  await proxy.dispose();
  await removeLabelled(label);
});

function services(snapshot: StackSnapshot): ServiceState[] {
  return describeServices(factsOfLabels(snapshot.containers), snapshot.containers);
}

/** Waits until a snapshot satisfies `test`; the event stream has to bring it, nothing here asks. */
function until(test: (snapshot: StackSnapshot) => boolean): Promise<StackSnapshot> {
  return new Promise((resolve) => {
    const check = (snapshot: StackSnapshot): void => {
      if (!test(snapshot)) return;
      forget();
      resolve(snapshot);
    };
    const forget = watch.onChange(check);
    if (watch.snapshot !== undefined) check(watch.snapshot);
  });
}

async function reason(service: string, condition: ServiceState['condition']): Promise<string | undefined> {
  const find = (snapshot: StackSnapshot): ServiceState | undefined =>
    services(snapshot).find((state) => state.name === service && state.condition === condition);
  return find(await until((snapshot) => find(snapshot) !== undefined))?.reason;
}

function engineState(state: EngineState['state']): Promise<EngineState> {
  return new Promise((resolve) => {
    const forget = engine.onState((next) => {
      if (next.state !== state) return;
      forget();
      resolve(next);
    });
    if (engine.state.state === state) {
      forget();
      resolve(engine.state);
    }
  });
}

describe('what becomes of a container', () => {
  test('starting with its probes, then healthy', async () => {
    const ready = 'test -f /tmp/ready || { echo not ready yet; exit 1; }';
    await run('backend', [...probing(ready), '--health-retries', '50'], ...idle);
    await until((snapshot) => /^starting, probe \d+ of 50: not ready yet$/.test(services(snapshot)[0]?.reason ?? ''));
    await docker('exec', `${project}-backend-1`, 'touch', '/tmp/ready');
    expect(await reason('backend', 'healthy')).toBeUndefined();
    expect(describeStack(services(await until(() => true)), await engineState('connected')).sentence).toBe(
      '1 of 1 services healthy',
    );
  });

  test('never healthy, and a health command that is not in the image', async () => {
    await run('ill', probing('exit 7'), ...idle);
    await run('blind', probing('curl -f http://localhost:1'), ...idle);
    expect(await reason('ill', 'unhealthy')).toMatch(/^unhealthy: \d+ probes failed in a row: exit code 7$/);
    expect(await reason('blind', 'unhealthy')).toMatch(/: the health command does not exist in this image: curl$/);
  });

  test('exit, crash loop, out of memory, a command that is not there', async () => {
    await run('once', ['--restart', 'no'], 'sh', '-c', 'exit 4');
    await run('loop', ['--restart', 'always'], 'sh', '-c', 'exit 3');
    await run('greedy', ['--memory', '16m'], 'sh', '-c', 'x=xxxxxxxxxxxxxxxx; while :; do x=$x$x; done');
    await expect(run('absent', [], '/no/such/command')).rejects.toThrow();
    expect(await reason('once', 'failed')).toBe('exited with code 4');
    expect(await reason('loop', 'crashing')).toMatch(/^crash loop: \d+ restarts, exit code 3$/);
    expect(await reason('greedy', 'failed')).toMatch(/^killed: out of memory/);
    expect(await reason('absent', 'failed')).toBe(
      'could not be started: its command does not exist in the image: /no/such/command',
    );
  });

  test('stopped by hand, started again, removed by hand', async () => {
    await run('backend', ['--init'], ...idle);
    await reason('backend', 'running');
    await docker('stop', '-t', '1', `${project}-backend-1`);
    expect(await reason('backend', 'stopped')).toBe('stopped by hand');
    await docker('start', `${project}-backend-1`);
    await reason('backend', 'running');
    await docker('rm', '-f', `${project}-backend-1`);
    expect((await until(({ containers }) => containers.length === 0)).stale).toBe(false);
  });
});

describe('reading', () => {
  test('a change costs one inspection, a project one list: never one call per container', async () => {
    await Promise.all(Array.from({ length: 6 }, (_, index) => run(`s${index}`, [], ...idle)));
    await until(({ containers }) => containers.length === 6 && containers.every(({ detail }) => detail.running));
    // What is still under way belongs to the starts.
    await new Promise((resolve) => setTimeout(resolve, 300));
    proxy.takeRequests();
    await docker('pause', `${project}-s3-1`);
    await reason('s3', 'paused');
    const calls = proxy.takeRequests();
    expect(calls.filter((line) => line.includes('/containers/json'))).toEqual([]);
    expect(calls.filter((line) => /\/containers\/[0-9a-f]{64}\/json/.test(line)).length).toBeLessThanOrEqual(2);
    watch.take({ kind: 'resync', cause: 'timer' });
    await watch.settled();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const resync = proxy.takeRequests();
    expect(resync.filter((line) => line.includes('/containers/json'))).toHaveLength(1);
    expect(resync.filter((line) => /\/containers\/[0-9a-f]{64}\/json/.test(line))).toEqual([]);
  });

  test('containers that come and go while they are read stop nothing', async () => {
    const name = `${project}-flash-1`;
    for (let turn = 0; turn < 5; turn += 1) {
      await docker(
        'run',
        '--rm',
        '--name',
        name,
        '--label',
        label,
        '--label',
        'com.docker.compose.service=flash',
        image,
        'true',
      );
    }
    await run('backend', [], ...idle);
    const snapshot = await until(({ containers }) => containers.length === 1 && containers[0]?.detail.running === true);
    expect(snapshot.containers[0]?.detail.name).toBe(`${project}-backend-1`);
  });

  test('another project is none of its business', async () => {
    await docker(
      'run',
      '-d',
      '--name',
      `${project}-other`,
      '--label',
      `quayside.test=${project}`,
      '--label',
      'com.docker.compose.project=qs-test-watch-other',
      image,
      'true',
    );
    await run('backend', [], ...idle);
    expect((await until(({ containers }) => containers.length > 0)).containers).toHaveLength(1);
    await removeLabelled(`quayside.test=${project}`);
  });
});

describe('the engine', () => {
  test('lost while watched: the last data stays and is called stale; back again: what happened meanwhile is seen', async () => {
    await run('backend', ['--init'], ...idle);
    await reason('backend', 'running');
    const connected = await engineState('connected');
    expect(connected.version).toBe(await docker('version', '-f', '{{.Server.Version}}'));
    proxy.close();
    const lost = await engineState('lost');
    expect(lost.problem).toMatchObject({ code: 'ENGINE_DOWN' });
    expect(lost.problem?.remedy).not.toBe('');
    const stale = await until((snapshot) => snapshot.stale);
    expect(stale.containers).toHaveLength(1);
    expect(describeStack(services(stale), lost).condition).toBe('unknown');
    await docker('rm', '-f', `${project}-backend-1`);
    proxy.open();
    await engineState('connected');
    expect((await until((snapshot) => !snapshot.stale)).containers).toEqual([]);
  });

  test('never there: failed with a remedy, and a project that is asked for knows it at once', async () => {
    const away = connect({ url: 'unix:///nowhere/docker.sock', source: 'test' });
    const blind = createEngineWatch({ gateway: away });
    const waiting = blind.project('any');
    await waiting.settled();
    expect(waiting.snapshot).toBeUndefined();
    expect(blind.state).toMatchObject({ state: 'failed', problem: { code: 'ENGINE_DOWN' } });
    await blind.project('later').settled();
    await blind.dispose();
    away.dispose();
  });
});
