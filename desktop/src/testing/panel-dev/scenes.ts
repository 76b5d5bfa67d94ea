import {
  type Action,
  defaultSettings,
  type Finding,
  type PlanRisk,
  type Project,
  type SettingsView,
  type StackState,
  type User,
} from '#contract/index.ts';
import { ago } from './clock.ts';
import { chained, engineUp, reading, service, shop, stack, starting, stopped } from './data.ts';
import { releaseScenes } from './fake-releases.ts';
import { risks } from './fake-risks.ts';

export interface Scene {
  project?: Project;
  stack: StackState;
  /** How the stack stands a moment after the panel was opened. */
  then?: StackState;
  logs?: readonly [count: number, perSecond: number, isDeep?: boolean];
  findings?: Finding[];
  /** Set where an operation is under way, or over, when the panel opens: seconds since its begin. */
  operation?: number;
  /** What the files ask of the machine and nobody has agreed to. */
  risks?: PlanRisk[];
  /** What was chosen for the panel, where it is not the usual, or why it is not in use. */
  settings?: Partial<SettingsView>;
  /** Who looks at it; whoever runs Quayside where nothing is said. */
  user?: User;
  /** What that operation is; a start where nothing is said. */
  action?: Action;
}

const down = {
  code: 'ENGINE_DOWN' as const,
  message: 'The engine closed the connection and does not take a new one.',
  remedy: 'Start Docker Desktop, or run: sudo systemctl start docker',
};
const yaml = {
  code: 'COMPOSE_INVALID' as const,
  message: 'docker-compose.dev.yml:14:7: All collection items must start at the same column',
  remedy: 'Indent the line like its neighbours.',
  details: { place: { file: 'docker-compose.dev.yml', line: 14, column: 7 } },
};
const findings: Finding[] = [
  {
    check: 'ports',
    severity: 'blocker',
    title: 'Port 8000 is taken',
    why: 'backend wants 127.0.0.1:8000, which the process “node” (pid 4121) holds.',
    remedy: 'Stop the program node (process 4121), or set BACKEND_PORT to 8001, which is free.',
    repairs: [{ kind: 'variable', name: 'BACKEND_PORT', value: '8001', secret: false }],
  },
  {
    check: 'variables',
    severity: 'warning',
    title: 'OPENAI_API_KEY is not set',
    why: 'docker-compose.dev.yml line 22 uses it; the assistant answers from the embedded store.',
    remedy: 'Add it to .env.',
    repairs: [{ kind: 'env-form', file: '.env', example: '.env.example' }],
  },
  {
    check: 'images',
    severity: 'warning',
    title: 'ghcr.io wants a login before it gives out ghcr.io/shop/search:1.4.2.',
    why: 'It is not here, and search cannot start without it (docker-compose.dev.yml:31).',
    remedy: 'Sign in: docker login ghcr.io',
    repairs: [{ kind: 'registry-login', registry: 'ghcr.io' }],
  },
  {
    check: 'disk',
    severity: 'note',
    title: 'Only 3.1 GB of disk space are free',
    remedy: 'Remove images that are no longer used.',
  },
  { check: 'engine', severity: 'ok', title: 'The engine answers' },
];
const many = [
  'api',
  'assistant-worker',
  'backend',
  'cache',
  'frontend',
  'gateway',
  'ingest',
  'mailer',
  'metrics',
  'postgres',
  'search',
  'web',
].map((name, index) =>
  service(
    name,
    8000 + index,
    index === 3
      ? { condition: 'crashing', reason: 'restarted 4 times in 2 minutes; last exit code 137 (out of memory)' }
      : index === 5
        ? { condition: 'unhealthy', reason: 'probe failed 3 times: HTTP 503 from /health' }
        : {},
  ),
);

const inGerman: Partial<SettingsView> = { settings: { ...defaultSettings, toured: true, language: 'de' } };
const production = { project: { ...shop, defaultEnvironment: 'production' } };
const operated = (operation: number, action: Action) => (): Scene => ({
  ...production,
  stack: { ...stack(), operation: 'op-1' },
  operation,
  action,
});
const back: Action = { verb: 'rollback', services: [], release: '1.4.1-518400' };
const forward: Action = { verb: 'deploy', services: [], version: '1.4.3' };

/** The scenes that the development server can play, by name. */
export const scenes: Record<string, () => Scene> = {
  healthy: () => ({ stack: stack() }),
  viewer: () => ({ stack: stack(), user: { name: 'vera', role: 'viewer' } }),
  operator: () => ({ stack: stack(), user: { name: 'olaf', role: 'operator' } }),
  empty: () => ({ stack: stopped('missing'), logs: [0, 0] }),
  stopped: () => ({ stack: stopped('stopped') }),
  starting: () => ({ stack: starting('op-1'), operation: 18 }),
  chained: () => ({ stack: chained('op-1'), operation: 34 }),
  build: () => ({ stack: { ...stopped('missing'), operation: 'op-1' }, operation: 41 }),
  'build-failed': () => ({ stack: { ...stopped('missing'), operation: 'op-1' }, operation: 14 }),
  unhealthy: () => ({
    stack: stack({
      condition: 'degraded',
      sentence: 'backend is unhealthy',
      operation: 'op-1',
      services: [
        service('backend', 8000, { condition: 'unhealthy', reason: '5 probes failed: connection refused' }),
        service('frontend', 8501, { condition: 'waiting', reason: 'waits for backend to be healthy' }),
      ],
    }),
    operation: 32,
  }),
  alarm: () => ({
    stack: stack(),
    then: stack({
      condition: 'degraded',
      sentence: 'backend and frontend are unhealthy',
      services: ['backend', 'frontend'].map((name, index) =>
        service(name, 8000 + index, { condition: 'unhealthy', reason: '3 probes failed: connection refused' }),
      ),
    }),
  }),
  'german-trouble': () => ({
    ...production,
    stack: stack({ at: ago(75), engine: { ...engineUp, state: 'lost', since: ago(70), problem: down } }),
    settings: inGerman,
  }),
  german: () => ({ stack: stack(), settings: inGerman }),
  settings: () => ({
    stack: stack(),
    settings: {
      problem: {
        code: 'SETTINGS_UNREADABLE',
        message: 'The settings that were kept are not understood, so the panel begins with those it came with.',
        remedy:
          'Choose again what you want otherwise. The old file is kept as /home/mina/.local/share/quayside/settings.json.corrupt-1790000000000; a newer Quayside may have written it.',
      },
    },
  }),
  changed: () => ({
    stack: stack({
      services: stack().services.map((one) => ({ ...one, changed: true })),
      orphans: ['shop-dev-worker-1'],
    }),
  }),
  preflight: () => ({ stack: stopped('missing'), findings }),
  risks: () => ({ stack: stopped('missing'), risks }),
  many: () => ({
    stack: stack({
      condition: 'degraded',
      sentence: '10 of 12 services healthy; cache is crashing, gateway is unhealthy',
      services: many,
    }),
  }),
  reading: () => ({
    stack: reading(
      many.map(({ name }) => name),
      5,
    ),
  }),
  logins: () => ({ stack: stack() }),
  diagnostics: () => ({ stack: stack() }),
  'engine-lost': () => ({
    stack: stack({ at: ago(75), engine: { ...engineUp, state: 'lost', since: ago(70), problem: down } }),
  }),
  'no-engine': () => ({
    stack: {
      ...stopped('missing'),
      condition: 'unknown',
      sentence: 'No engine answers',
      engine: {
        ...engineUp,
        state: 'failed',
        problem: { ...down, message: 'No Docker Engine answers at /var/run/docker.sock.' },
      },
    },
  }),
  'broken-yaml': () => ({ stack: stack({ problem: yaml }) }),
  'no-files': () => ({
    stack: stack(),
    project: {
      ...shop,
      environments: [],
      problem: {
        code: 'PROJECT_NOT_FOUND',
        message: 'The folder holds no docker-compose.*.yml, compose.yaml or quayside.yml.',
        remedy: 'Add one, or open Quayside in the folder that has it.',
      },
    },
  }),
  logs50k: () => ({ stack: stack(), logs: [50_000, 0] }),
  'logs-deep': () => ({ stack: stack(), logs: [50_000, 0, true] }),
  busy: () => ({ stack: stack(), logs: [3_000, 400] }),
  ...Object.fromEntries(Object.keys(releaseScenes).map((name) => [name, () => ({ ...production, stack: stack() })])),
  'releases-running': operated(9, back),
  'releases-pulling': operated(4, forward),
  'releases-restored': operated(14, forward),
  'releases-locked': operated(1, forward),
  configuration: () => ({
    ...production,
    stack: stack({ services: stack().services.map((one) => ({ ...one, changed: true })) }),
  }),
  flood: () => ({ stack: stack(), logs: [3_000, 20_000] }),
};
