import type {
  ActivityPage,
  EngineState,
  Environment,
  HealthState,
  OtherProject,
  Project,
  ServiceHealth,
  ServiceState,
  SessionView,
  StackState,
} from '#contract/index.ts';
import { ago } from './clock.ts';

/** Made-up states of the shop stack, for looking at the panel without an engine. */
export const engineUp: EngineState = {
  state: 'connected',
  since: ago(4000),
  endpoint: 'unix:///var/run/docker.sock',
  source: 'the default socket',
  version: '26.1.5',
  apiVersion: '1.45',
};

const environmentOf = (id: string, title: string, short: string): Environment => ({
  id,
  title,
  project: `shop-${short}`,
  files: [`docker-compose.${short}.yml`],
  envFiles: ['.env'],
  profiles: [],
  command: `docker compose -p shop-${short} -f docker-compose.${short}.yml`,
});

export const shop: Project = {
  directory: '/home/mina/projects/shop-assistant',
  name: 'shop-assistant',
  environments: [environmentOf('development', 'Development', 'dev'), environmentOf('production', 'Production', 'prod')],
  defaultEnvironment: 'development',
};

export const others: OtherProject[] = [
  { id: 'engine:blog', project: 'blog', directory: '/home/mina/projects/blog', files: [], containers: 2, running: 2 },
  { id: 'engine:old-shop', project: 'old-shop', files: [], containers: 3, running: 0 },
];

export function service(name: string, port: number, more: Partial<ServiceState> = {}): ServiceState {
  const condition = more.condition ?? 'healthy';
  const gone = condition === 'missing' || condition === 'waiting';
  return {
    name,
    condition,
    wanted: 1,
    image: `ghcr.io/acme/${name}:1.4.2`,
    version: '1.4.2',
    dependsOn: [],
    ports: [
      { hostIp: '127.0.0.1', hostPort: port, containerPort: port, protocol: 'tcp', url: `http://127.0.0.1:${port}` },
    ],
    containers: gone
      ? []
      : [
          {
            id: name.repeat(8),
            name: `shop-dev-${name}-1`,
            number: 1,
            status: condition === 'stopped' ? 'exited' : 'running',
            health: condition === 'healthy' ? 'healthy' : 'starting',
            oomKilled: false,
            restarts: 0,
            startedAt: ago(condition === 'starting' ? 9 : 11_520),
            image: `ghcr.io/acme/${name}:1.4.2`,
            imageId: name === 'backend' ? '9c1f04aa0be1' : '41d0aa83cd10',
            probes: [],
            failingStreak: 0,
          },
        ],
    changed: false,
    ...more,
  };
}

export function stack(more: Partial<StackState> = {}): StackState {
  return {
    environment: 'development',
    project: 'shop-dev',
    at: ago(0),
    engine: engineUp,
    condition: 'healthy',
    sentence: '2 of 2 services healthy',
    services: [
      service('backend', 8000),
      service('frontend', 8501, { dependsOn: [{ service: 'backend', condition: 'service_healthy' }] }),
    ],
    orphans: [],
    ...more,
  };
}

export const stopped = (condition: 'missing' | 'stopped') =>
  stack({
    condition: condition === 'missing' ? 'empty' : 'stopped',
    sentence: condition === 'missing' ? 'Nothing has been started yet' : '2 services are stopped',
    services: [service('backend', 8000, { condition }), service('frontend', 8501, { condition })],
  });

export const starting = (operation?: string) =>
  stack({
    condition: 'starting',
    sentence: '0 of 2 services healthy; backend is starting',
    services: [
      service('backend', 8000, { condition: 'starting', reason: 'probe 2 of 5: connection refused' }),
      service('frontend', 8501, { condition: 'waiting', reason: 'waits for backend to be healthy' }),
    ],
    ...(operation === undefined ? {} : { operation }),
  });

/** Many containers, of which the first have been read and the others are known from the list alone. */
export function reading(names: readonly string[], done: number): StackState {
  const listed = (state: ServiceState, status: string): ServiceState => ({
    ...state,
    condition: status === 'running' ? 'healthy' : 'unknown',
    containers: state.containers.map(({ id, name, number, health, image, imageId }) => {
      return { id, name, number, status, health, image, imageId, probes: [] };
    }),
  });
  const services = names.map((name, index) => {
    const state = service(name, 8000 + index);
    return index < done ? state : listed(state, index % 3 === 0 ? 'exited' : 'running');
  });
  const all = names.length;
  const sentence = `Reading the containers: ${done} of ${all}`;
  return stack({ condition: 'unknown', sentence, services, reading: { done, all } });
}

/** A start in the middle of a chain of four: the first is well, the next has failed probes, two are held back. */
export function chained(operation: string): StackState {
  const needs = (name: string) => ({ dependsOn: [{ service: name, condition: 'service_healthy' }] });
  const probed = (state: ServiceState, startedAgo: number, exitCodes: readonly number[]): ServiceState => ({
    ...state,
    containers: state.containers.map((container) => ({
      ...container,
      startedAt: ago(startedAgo),
      probes: exitCodes.map((exitCode, index) => ({
        startedAt: ago(startedAgo - 4 - index * 4),
        endedAt: ago(startedAgo - 4 - index * 4),
        exitCode,
        output: exitCode === 0 ? 'answered 200' : 'connection refused',
      })),
    })),
  });
  return stack({
    condition: 'starting',
    sentence: '1 of 4 services healthy; backend is starting',
    services: [
      service('frontend', 8501, {
        condition: 'waiting',
        reason: 'waits for backend to be healthy',
        ...needs('backend'),
      }),
      probed(
        service('backend', 8000, { condition: 'starting', reason: 'probe 3 of 5: connection refused', ...needs('db') }),
        16,
        [1, 1, 1],
      ),
      service('mailer', 8025, {
        condition: 'waiting',
        reason: 'waits for frontend to be started',
        ...needs('frontend'),
      }),
      probed(service('db', 5432), 32, [1, 1, 1, 0, 0]),
    ],
    operation,
  });
}

const started = { actor: 'mina@laptop', via: 'electron', engine: engineUp.endpoint, project: 'shop-prod' } as const;
const inProduction = { ...started, environment: 'production', services: [] };

export const activity: ActivityPage = {
  more: false,
  entries: [
    {
      ...inProduction,
      seq: 6,
      at: ago(120),
      kind: 'rollback',
      phase: 'ended',
      operation: 'c',
      target: '1.4.1',
      outcome: 'done',
      seconds: 9.4,
      summary: 'You are on 1.4.1, verified: 2 of 2 services run the recorded images and are healthy.',
    },
    { ...inProduction, seq: 5, at: ago(130), kind: 'rollback', phase: 'began', operation: 'c', target: '1.4.1' },
    {
      ...inProduction,
      seq: 4,
      at: ago(3900),
      actor: 'deploy@runner',
      via: 'cli',
      kind: 'deploy',
      phase: 'ended',
      operation: 'b',
      target: '1.4.2',
      outcome: 'restored',
      code: 'SERVICE_UNHEALTHY',
      seconds: 41,
    },
    {
      ...inProduction,
      seq: 3,
      at: ago(3940),
      actor: 'deploy@runner',
      via: 'cli',
      kind: 'deploy',
      phase: 'began',
      operation: 'b',
      target: '1.4.2',
    },
    { ...inProduction, seq: 2, at: ago(90_000), kind: 'reveal', phase: 'ended', operation: '', outcome: 'done' },
    { ...inProduction, seq: 1, at: ago(90_100), kind: 'stop', phase: 'began', operation: 'a', services: ['frontend'] },
  ],
};

const probesOf = (container: string): ServiceHealth['probes'] =>
  Array.from({ length: 24 }, (_, index) => ({
    container,
    startedAt: ago(240 - index * 10),
    endedAt: ago(240 - index * 10 - 0.04 - (index % 5) * 0.03),
    exitCode: index === 9 || index === 10 ? 1 : 0,
    output: index === 9 || index === 10 ? 'http://127.0.0.1:8000/health: connection refused' : 'answered 200',
  }));

const rules = {
  command: ['CMD', 'node', '/app/healthcheck.mjs'],
  interval: 10,
  timeout: 3,
  retries: 3,
  startPeriod: 30,
};

export const health: Pick<HealthState, 'at' | 'since' | 'services'> = {
  at: ago(0),
  since: ago(600),
  services: [
    {
      name: 'backend',
      condition: 'healthy',
      changes: [
        { at: ago(600), condition: 'healthy' },
        { at: ago(150), condition: 'unhealthy', reason: 'probe 3 of 3 failed: connection refused' },
        { at: ago(120), condition: 'starting', reason: 'starting, first probe not run yet' },
        { at: ago(110), condition: 'healthy' },
      ],
      probes: probesOf('shop-dev-backend-1'),
      rules,
      readiness: Array.from({ length: 20 }, (_, index) => ({
        at: ago(200 - index * 10),
        container: 'shop-dev-backend-1',
        ready: true,
        seconds: 0.2,
        checks: [
          { name: 'vector_store', status: 'healthy', latencyMs: 2 + (index % 4) },
          { name: 'llm', status: 'degraded', latencyMs: 140 + index * 3, error: 'answers slowly' },
        ],
      })),
    },
    {
      name: 'frontend',
      condition: 'running',
      changes: [{ at: ago(600), condition: 'running' }],
      probes: [],
      readiness: [],
    },
  ],
};

const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36';

export const sessions: SessionView[] = [
  {
    id: 'one',
    user: { name: 'mina', role: 'admin' },
    startedAt: ago(1800),
    lastSeenAt: ago(0),
    endsAt: ago(-41_400),
    origin: '192.0.2.7',
    agent: chrome,
    connections: 1,
    current: true,
  },
  {
    id: 'two',
    user: { name: 'vera', role: 'viewer' },
    startedAt: ago(9000),
    lastSeenAt: ago(700),
    endsAt: ago(-34_200),
    origin: '192.0.2.23',
    agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0',
    connections: 0,
    current: false,
  },
];
