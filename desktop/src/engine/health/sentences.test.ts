import { describe, expect, test } from 'vitest';
import type { EngineState, ServiceState } from '#contract/index.ts';
import type { ContainerDetail, ProbeRecord } from '#engine/docker/index.ts';
import {
  createRunHistory,
  describeContainer,
  describeServices,
  describeStack,
  factsOfLabels,
  findOrphans,
  type RunFacts,
  type SeenContainer,
  type ServiceFacts,
  type WatchedContainer,
} from './index.ts';
import { imageVersion } from './services.ts';

const calm: RunFacts = { crashing: false, restarts: 0, outOfMemory: false, stoppedByHand: false };

function detail(service: string, change: Partial<ContainerDetail> = {}): ContainerDetail {
  return {
    id: `${service}-id`,
    name: `shop-${service}-1`,
    state: 'running',
    image: 'shop:1.4.2',
    imageId: 'sha256:0123456789abcdef0123',
    labels: { 'com.docker.compose.service': service, 'com.docker.compose.container-number': '1' },
    networks: {},
    volumes: [],
    created: '2026-01-01T00:00:00Z',
    running: true,
    paused: false,
    restarting: false,
    exitCode: 0,
    oomKilled: false,
    error: '',
    startedAt: '2026-01-01T00:00:01Z',
    restartCount: 0,
    health: 'none',
    failingStreak: 0,
    probes: [],
    tty: false,
    mounts: [],
    ports: [],
    restartPolicy: 'unless-stopped',
    ...change,
  };
}

const exited = (exitCode: number, change: Partial<ContainerDetail> = {}): Partial<ContainerDetail> => ({
  state: 'exited',
  running: false,
  exitCode,
  finishedAt: '2026-01-01T00:01:00Z',
  ...change,
});
const probe = (output: string, exitCode = 1): ProbeRecord => ({ start: '', end: '', exitCode, output });
const facts = (
  name: string,
  dependsOn: Record<string, string> = {},
  change: Partial<ServiceFacts> = {},
): ServiceFacts => ({
  name,
  wanted: 1,
  image: 'shop:1.4.2',
  dependsOn: Object.entries(dependsOn).map(([service, condition]) => ({ service, condition })),
  changed: false,
  ...change,
});

function one(
  change: Partial<ContainerDetail>,
  run: Partial<RunFacts> = {},
  more: Partial<ServiceFacts> = {},
): [string, string | undefined] {
  const watched = { detail: detail('backend', change), run: { ...calm, ...run } };
  const [state] = describeServices([facts('backend', {}, more)], [watched]);
  return [state?.condition ?? '', state?.reason];
}

const starting = { health: 'starting', healthRetries: 5 } as const;

describe('the sentence of a service', () => {
  test.each<[string, Partial<ContainerDetail>, Partial<RunFacts>, string, string | undefined]>([
    ['no health command', {}, {}, 'running', undefined],
    ['healthy', { health: 'healthy', probes: [probe('', 0)] }, {}, 'healthy', undefined],
    [
      'healthy, one miss',
      { health: 'healthy', probes: [probe('ECONNREFUSED')] },
      {},
      'healthy',
      'the last probe failed: connection refused',
    ],
    ['no probe yet', starting, {}, 'starting', 'starting, waits for its first probe'],
    [
      'probe 2 of 5',
      {
        ...starting,
        failingStreak: 2,
        probes: [probe('curl: (7) Failed to connect to localhost port 3001: Connection refused')],
      },
      {},
      'starting',
      'starting, probe 2 of 5: connection refused',
    ],
    [
      'in the start period',
      { ...starting, probes: [probe('not yet\n')] },
      {},
      'starting',
      'starting, not ready yet: not yet',
    ],
    [
      'too slow',
      { ...starting, failingStreak: 1, probes: [probe('Health check exceeded timeout (3s)', -1)] },
      {},
      'starting',
      'starting, probe 1 of 5: no answer within 3s',
    ],
    [
      'unhealthy',
      { health: 'unhealthy', failingStreak: 3, probes: [probe('Error: x\n  HTTP 503 \n')] },
      {},
      'unhealthy',
      'unhealthy: 3 probes failed in a row: HTTP 503',
    ],
    [
      'a command that does not exist (exec)',
      {
        health: 'unhealthy',
        failingStreak: 3,
        probes: [
          probe(
            'OCI runtime exec failed: exec failed: unable to start container process: exec: "curl": executable file not found in $PATH: unknown',
            -1,
          ),
        ],
      },
      {},
      'unhealthy',
      'unhealthy: 3 probes failed in a row: the health command does not exist in this image: curl',
    ],
    [
      'a command that does not exist (shell)',
      { ...starting, failingStreak: 1, probes: [probe('/bin/sh: 1: wget: not found\n', 127)] },
      {},
      'starting',
      'starting, probe 1 of 5: the health command does not exist in this image: wget',
    ],
    [
      'silent probe',
      { health: 'unhealthy', failingStreak: 1, probes: [probe('', 3)] },
      {},
      'unhealthy',
      'unhealthy: 1 probe failed in a row: exit code 3',
    ],
    ['exit 1', exited(1), {}, 'failed', 'exited with code 1'],
    ['exit 1 at last', exited(1, { restartCount: 3 }), {}, 'failed', 'exited with code 1, after 3 restarts'],
    [
      'out of memory',
      exited(137, { oomKilled: true, memoryLimit: 16 * 1024 * 1024 }),
      {},
      'failed',
      'killed: out of memory (limit 16 MB)',
    ],
    ['out of memory, no limit', exited(137, { oomKilled: true }), {}, 'failed', 'killed: out of memory'],
    ['stopped by hand', exited(137), { stoppedByHand: true }, 'stopped', 'stopped by hand'],
    ['a signal', exited(143), {}, 'stopped', 'stopped by a signal (exit code 143)'],
    ['a server that ended', exited(0), {}, 'stopped', 'exited with code 0'],
    ['a job', exited(0, { restartPolicy: 'no' }), {}, 'done', 'finished with exit code 0'],
    [
      'crash loop',
      { restartCount: 6 },
      { crashing: true, restarts: 6, lastExitCode: 3 },
      'crashing',
      'crash loop: 6 restarts, exit code 3',
    ],
    [
      'crash loop for want of memory',
      { memoryLimit: 1024 ** 3 * 1.5 },
      { crashing: true, restarts: 4, lastExitCode: 137, outOfMemory: true },
      'crashing',
      'crash loop: 4 restarts, killed: out of memory (limit 1.5 GB)',
    ],
    [
      'first restart',
      { state: 'restarting', restarting: true, exitCode: 2 },
      {},
      'starting',
      'restarting after exit code 2',
    ],
    ['paused', { state: 'paused', paused: true }, {}, 'paused', 'paused'],
    ['created', { state: 'created', running: false }, {}, 'created', 'created, not started yet'],
    [
      'its command is missing',
      {
        state: 'created',
        running: false,
        exitCode: 127,
        error:
          'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "nope": executable file not found in $PATH: unknown',
      },
      {},
      'failed',
      'could not be started: its command does not exist in the image: nope',
    ],
    [
      'its port is taken',
      {
        state: 'created',
        running: false,
        error:
          'driver failed programming external connectivity on endpoint x: Bind for 0.0.0.0:80 failed: port is already allocated',
      },
      {},
      'failed',
      'could not be started: external connectivity on endpoint x: Bind for 0.0.0.0:80 failed: port is already allocated',
    ],
  ])('%s', (_, change, run, condition, reason) => {
    expect(one(change, run)).toEqual([condition, reason]);
  });

  test('a limit from the files serves where the engine does not tell', () => {
    expect(one(exited(137, { oomKilled: true }), {}, { memoryLimit: 512 * 1024 })[1]).toBe(
      'killed: out of memory (limit 512 KB)',
    );
  });

  test('replicas: the worst speaks, by name; too few are counted', () => {
    const second = { detail: detail('backend', { name: 'shop-backend-2', ...exited(1) }), run: calm };
    const first = { detail: detail('backend'), run: calm };
    const [state] = describeServices([facts('backend', {}, { wanted: 2 })], [second, first]);
    expect([state?.condition, state?.reason]).toEqual(['failed', 'shop-backend-2: exited with code 1']);
    expect(describeServices([facts('backend', {}, { wanted: 2 })], [first])[0]?.reason).toBe('1 of 2 replicas');
    expect(describeServices([facts('backend')], [])[0]).toMatchObject({ condition: 'missing', containers: [] });
    expect(describeServices([facts('backend', {}, { wanted: 0 })], [])[0]?.reason).toBe('scaled to 0');
  });
});

describe('waiting', () => {
  const created = { detail: detail('frontend', { state: 'created', running: false }), run: calm };
  const chain = [facts('frontend', { backend: 'service_healthy' }), facts('backend')];
  const frontend = (others: WatchedContainer[], pending: string[] = [], services = chain): ServiceState | undefined =>
    describeServices(services, [created, ...others], { pending: new Set(pending) })[0];

  test('for health, with the trouble named', () => {
    expect(frontend([{ detail: detail('backend', starting), run: calm }])).toMatchObject({
      condition: 'waiting',
      reason: 'waits for backend to be healthy',
    });
    const ill = detail('backend', { health: 'unhealthy', failingStreak: 2, probes: [probe('Connection refused')] });
    expect(frontend([{ detail: ill, run: calm }])?.reason).toBe(
      'waits for backend to be healthy, but backend is unhealthy: 2 probes failed in a row: connection refused',
    );
  });

  test('not where the dependency is fine or nothing is under way', () => {
    expect(frontend([{ detail: detail('backend', { health: 'healthy' }), run: calm }])?.condition).toBe('created');
    expect(frontend([{ detail: detail('backend', exited(0)), run: calm }])?.condition).toBe('created');
  });

  test('an operation makes stopped and missing services wait', () => {
    expect(frontend([{ detail: detail('backend', exited(0)), run: calm }], ['frontend', 'backend'])?.condition).toBe(
      'waiting',
    );
    const [state] = describeServices(chain, [], { pending: new Set(['frontend', 'backend']) });
    expect(state?.condition).toBe('waiting');
  });

  test('for a start and for a job', () => {
    const services = [
      facts('frontend', { cache: 'service_started', migrate: 'service_completed_successfully' }),
      facts('cache'),
      facts('migrate'),
    ];
    const others = [
      { detail: detail('cache', { state: 'created', running: false }), run: calm },
      { detail: detail('migrate'), run: calm },
    ];
    expect(frontend(others, ['frontend'], services)?.reason).toBe('waits for cache to start and migrate to finish');
    const done = [
      { detail: detail('cache'), run: calm },
      { detail: detail('migrate', exited(0)), run: calm },
    ];
    expect(describeServices(services, done)[2]?.condition).toBe('done');
    expect(frontend(done, ['frontend'], services)?.condition).toBe('created');
  });

  test('a circle of dependencies ends', () => {
    const circle = [facts('a', { b: 'service_healthy' }), facts('b', { a: 'service_healthy' })];
    expect(describeServices(circle, [], { pending: new Set(['a', 'b']) })).toHaveLength(2);
  });
});

describe('the sentence of the stack', () => {
  const at = { since: '2026-01-01T00:00:00Z', endpoint: 'unix:///x', source: 'test' };
  const connected: EngineState = { state: 'connected', ...at };
  const stack = (services: ServiceFacts[], containers: WatchedContainer[], engine = connected): [string, string] => {
    const { condition, sentence } = describeStack(describeServices(services, containers), engine);
    return [condition, sentence];
  };
  const up = (service: string, change: Partial<ContainerDetail> = { health: 'healthy' }): WatchedContainer => ({
    detail: detail(service, change),
    run: calm,
  });
  const two = [facts('backend'), facts('frontend', { backend: 'service_healthy' })];

  test('every state has its words', () => {
    expect(stack(two, [up('backend'), up('frontend')])).toEqual(['healthy', '2 of 2 services healthy']);
    expect(stack(two, [up('backend'), up('frontend', {})])).toEqual(['healthy', '2 of 2 services running, 1 healthy']);
    expect(stack(two, [up('backend', {}), up('frontend', {})])).toEqual(['healthy', '2 of 2 services running']);
    expect(stack(two, [])).toEqual(['empty', 'Not started yet']);
    expect(stack(two, [up('backend', exited(0)), up('frontend', exited(137))])).toEqual(['stopped', 'Stopped']);
    expect(stack(two, [up('backend', starting), up('frontend', { state: 'created', running: false })])).toEqual([
      'starting',
      'Starting: frontend waits for backend',
    ]);
    const probing = { ...starting, failingStreak: 2, probes: [probe('connection refused')] };
    expect(stack(two, [up('backend', probing), up('frontend')])).toEqual([
      'starting',
      'Starting: backend, probe 2 of 5: connection refused',
    ]);
    expect(
      stack(two, [up('backend', { health: 'unhealthy', failingStreak: 3, probes: [probe('x')] }), up('frontend')]),
    ).toEqual(['degraded', 'backend is unhealthy: 3 probes failed in a row: x']);
    expect(stack(two, [up('backend'), up('frontend', exited(1))])).toEqual([
      'degraded',
      'frontend has failed: exited with code 1',
    ]);
    expect(stack(two, [up('backend'), up('frontend', exited(0))])).toEqual([
      'degraded',
      '1 of 2 services running, not running: frontend',
    ]);
    const looping = { detail: detail('backend'), run: { ...calm, crashing: true, restarts: 6, lastExitCode: 3 } };
    expect(stack(two, [looping, up('frontend', exited(1))])).toEqual([
      'degraded',
      'backend keeps crashing: 6 restarts, exit code 3 (and 1 more in trouble)',
    ]);
  });

  test('without the engine nothing is claimed', () => {
    const problem = { code: 'ENGINE_DOWN', message: 'No Docker Engine answers.' } as const;
    expect(stack(two, [up('backend'), up('frontend')], { state: 'lost', ...at, problem })).toEqual([
      'unknown',
      'Shown as last seen. No Docker Engine answers.',
    ]);
    expect(stack(two, [], { state: 'failed', ...at, problem })).toEqual(['unknown', 'No Docker Engine answers.']);
    expect(stack(two, [], { state: 'connecting', ...at })[0]).toBe('unknown');
  });
});

test('containers, ports and versions as the contract has them', () => {
  const ports = ['0.0.0.0', '::'].map((hostIp) => ({
    hostIp,
    hostPort: 8080,
    containerPort: 3000,
    protocol: 'tcp' as const,
  }));
  const [state] = describeServices([facts('backend')], [{ detail: detail('backend', { ports }), run: calm }]);
  expect(state?.ports).toEqual([
    { hostIp: '0.0.0.0', hostPort: 8080, containerPort: 3000, protocol: 'tcp', url: 'http://localhost:8080' },
  ]);
  expect(state?.version).toBe('1.4.2');
  expect(['a', 'r:5000/a', 'r:5000/a:1', 'a@sha256:00', 'a:1@sha256:00'].map(imageVersion)).toEqual([
    undefined,
    undefined,
    '1',
    undefined,
    undefined,
  ]);
  const shown = (change?: Partial<ContainerDetail>) =>
    describeContainer({ detail: detail('backend', change), run: calm });
  expect(shown()).toMatchObject({ number: 1, imageId: '0123456789ab', restarts: 0 });
  expect(shown()).not.toHaveProperty('exitCode');
  expect(shown(exited(4)).exitCode).toBe(4);
});

test('of what has not been read only that is said which the list tells', () => {
  const listed = (service: string, state: string, health?: ContainerDetail['health']): SeenContainer => {
    const { id, name, image, imageId, labels, networks, volumes } = detail(service);
    return { detail: { id, name, state, image, imageId, labels, networks, volumes, ...(health ? { health } : {}) } };
  };
  const judged = (...containers: SeenContainer[]) => {
    const [state] = describeServices([facts('a', {}, { wanted: containers.length })], containers);
    return [state?.condition, state?.reason];
  };
  expect(judged(listed('a', 'running', 'healthy'))).toEqual(['healthy', undefined]);
  expect(judged(listed('a', 'running'))).toEqual(['running', undefined]);
  for (const state of ['exited', 'created', 'restarting', 'dead']) {
    expect(judged(listed('a', state))).toEqual(['unknown', undefined]);
  }
  const read = (change: Partial<ContainerDetail>): SeenContainer => ({ detail: detail('a', change), run: calm });
  expect(judged(read({}), listed('a', 'exited'))[0]).toBe('unknown');
  expect(judged(read(exited(4)), listed('a', 'exited'))[0]).toBe('failed');
});

test('without files the labels tell of the services; foreign ones are orphans', () => {
  const labels = {
    'com.docker.compose.service': 'web',
    'com.docker.compose.depends_on': 'db:service_healthy:false,x:service_started:true',
  };
  const watched = { detail: detail('web', { labels }), run: calm };
  const oneOff = { detail: detail('job', { labels: { ...labels, 'com.docker.compose.oneoff': 'True' } }), run: calm };
  expect(factsOfLabels([watched, oneOff])).toMatchObject([
    {
      name: 'web',
      wanted: 1,
      dependsOn: [
        { service: 'db', condition: 'service_healthy' },
        { service: 'x', condition: 'service_started' },
      ],
    },
  ]);
  expect(findOrphans([facts('backend')], [watched, oneOff])).toEqual(['shop-web-1']);
});

describe('the history of a container', () => {
  let clock = 0;
  const history = (): ReturnType<typeof createRunHistory> => createRunHistory(() => clock);
  const event = (action: string, exitCode?: string) => ({
    type: 'container' as const,
    action,
    id: 'backend-id',
    attributes: exitCode === undefined ? {} : { exitCode },
    timeNano: '0',
  });

  test('three ends in a minute are a crash loop, a minute of peace ends it', () => {
    const runs = history();
    for (const at of [0, 20_000, 40_000]) {
      clock = at;
      runs.event(event('die', '3'));
      runs.event(event('start'));
      runs.observe(detail('backend'));
      expect(runs.facts(detail('backend')).crashing).toBe(at === 40_000);
    }
    expect(runs.facts(detail('backend'))).toMatchObject({ restarts: 3, lastExitCode: 3 });
    clock = 90_000;
    runs.observe(detail('backend'));
    expect(runs.facts(detail('backend')).crashing).toBe(true);
    clock = 100_001;
    runs.observe(detail('backend'));
    expect(runs.facts(detail('backend')).crashing).toBe(false);
  });

  test('spread over more than a minute they are none', () => {
    const runs = history();
    for (const at of [0, 40_000, 80_000, 120_000]) {
      clock = at;
      runs.event(event('die', '1'));
      runs.observe(detail('backend'));
      expect(runs.facts(detail('backend')).crashing).toBe(false);
    }
  });

  test('restarts that only the count tells of', () => {
    const runs = history();
    clock = 0;
    runs.observe(detail('backend', { restartCount: 10 }));
    expect(runs.facts(detail('backend')).crashing).toBe(false);
    clock = 5000;
    runs.observe(detail('backend', { restartCount: 13 }));
    expect(runs.facts(detail('backend', { restartCount: 13 }))).toMatchObject({ crashing: true, restarts: 13 });
  });

  test('seen for the first time in the long pause between two restarts', () => {
    const runs = history();
    runs.observe(detail('backend', { restarting: true, restartCount: 9, exitCode: 3, finishedAt: 'x' }));
    expect(runs.facts(detail('backend'))).toMatchObject({ crashing: true, lastExitCode: 3 });
  });

  test.each([[['stop', 'die']], [['die', 'stop']]])('restarting by hand is no crash: %j', (actions) => {
    const runs = history();
    for (let turn = 0; turn < 5; turn += 1) {
      clock += 5000;
      for (const action of actions) runs.event(event(action, '137'));
      expect(runs.facts(detail('backend')).stoppedByHand).toBe(true);
      runs.event(event('start'));
      runs.observe(detail('backend'));
    }
    expect(runs.facts(detail('backend'))).toMatchObject({ crashing: false, stoppedByHand: false });
  });

  test('a loop that is given up or stopped is over', () => {
    const runs = history();
    for (let turn = 0; turn < 3; turn += 1) runs.event(event('die', '1'));
    runs.observe(detail('backend', exited(1)));
    expect(runs.facts(detail('backend')).crashing).toBe(false);
  });

  test('out of memory is remembered while it runs again', () => {
    const runs = history();
    runs.event(event('oom'));
    runs.event(event('die', '137'));
    runs.observe(detail('backend'));
    expect(runs.facts(detail('backend')).outOfMemory).toBe(true);
    runs.event(event('die', '1'));
    expect(runs.facts(detail('backend')).outOfMemory).toBe(false);
  });
});
