import type { Action, OperationEvent, Plan, PlanStep, Problem } from '#contract/index.ts';
import { ago } from './clock.ts';
import { releaseScript, releaseSteps, unreadable } from './release-script.ts';

type Step = [kind: PlanStep['kind'], resource: string, service?: string];

const cause = 'VERSION changed';
const upSteps: Step[] = [
  ['image.pull', 'redis:7', 'redis'],
  ['image.build', 'shop-dev-backend', 'backend'],
  ['network.create', 'shop-dev_default'],
  ['container.create', 'shop-dev-backend-1', 'backend'],
  ['container.remove', 'shop-dev-backend-1', 'backend'],
  ['container.start', 'shop-dev-backend-1', 'backend'],
  ['service.wait', 'backend', 'backend'],
  ['container.create', 'shop-dev-frontend-1', 'frontend'],
  ['container.remove', 'shop-dev-frontend-1', 'frontend'],
  ['container.start', 'shop-dev-frontend-1', 'frontend'],
  ['service.wait', 'frontend', 'frontend'],
];
const downSteps: Step[] = [
  ['container.remove', 'shop-dev-frontend-1', 'frontend'],
  ['container.remove', 'shop-dev-backend-1', 'backend'],
  ['network.remove', 'shop-dev_default'],
];
const restartSteps: Step[] = [
  ['container.restart', 'shop-dev-backend-1', 'backend'],
  ['container.restart', 'shop-dev-frontend-1', 'frontend'],
];

function releasePlanFor(action: Action): Plan {
  const { verb, version, release = '' } = action;
  // A deploy downloads, a rollback finds its images here.
  const steps = releaseSteps.filter(([kind]) => verb === 'deploy' || kind !== 'image.pull');
  const warnings =
    verb === 'deploy'
      ? []
      : [
          ...(action.acceptSchema === true ? [unreadable] : []),
          'The compose files or their environment have changed since this release (backend): the next docker compose up would apply them.',
        ];
  return {
    environment: 'production',
    project: 'shop-prod',
    verb,
    steps: steps.map(([kind, resource, service]) => ({
      id: String(releaseSteps.findIndex((step) => step[0] === kind && step[2] === service)),
      kind,
      resource,
      service,
      cause: `a ${verb} was asked for`,
      after: [],
    })),
    warnings,
    keeps: [],
    command: `quayside ${verb} ${version ?? release}`.trim(),
  };
}

export function planFor(action: Action): Plan {
  if (action.verb === 'deploy' || action.verb === 'rollback') return releasePlanFor(action);
  const steps = action.verb === 'down' ? downSteps : action.verb === 'restart' ? restartSteps : upSteps;
  const why = action.verb === 'up' ? cause : `a ${action.verb} was asked for`;
  return {
    environment: 'development',
    project: 'shop-dev',
    verb: action.verb,
    steps: steps.map(([kind, resource, service], index) => ({
      id: String(index),
      kind,
      resource,
      cause: why,
      after: [],
      ...(service === undefined ? {} : { service }),
    })),
    warnings: [],
    keeps: [],
    command: `docker compose -p shop-dev -f docker-compose.dev.yml ${action.verb === 'up' ? 'up -d --wait' : action.verb}`,
  };
}

const names = [
  'FROM node:24-bookworm-slim',
  'WORKDIR /app',
  'COPY package*.json ./',
  'RUN npm ci --no-audit --no-fund',
  'COPY src ./src',
  'RUN npm run build',
];

function buildEvents(failing: boolean): OperationEvent[] {
  const at = ago(0);
  const steps = names.map((name, index): OperationEvent => {
    const cached = index < 3;
    const state =
      index === 5
        ? failing
          ? { error: 'process "/bin/sh -c npm run build" did not complete successfully: exit code: 2' }
          : {}
        : { completedAt: at };
    const bytes = index === 0 ? { bytes: { current: 48_234_496, total: 48_234_496 } } : {};
    return {
      type: 'build',
      at,
      service: 'backend',
      steps: [
        {
          id: String(index),
          name,
          stage: `[builder ${index + 1}/6]`,
          cached,
          startedAt: at,
          seconds: index * 2.4,
          ...state,
          ...bytes,
        },
      ],
    };
  });
  const lines = [
    '> backend@1.4.2 build',
    '> tsc -p tsconfig.json',
    '',
    "src/server.ts(14,7): error TS2322: Type 'string' is not assignable to type 'number'.",
  ];
  const logs = lines
    .slice(0, failing ? 4 : 2)
    .map((text): OperationEvent => ({ type: 'build-log', at, service: 'backend', step: '5', text }));
  return [...steps, ...logs];
}

const buildProblem: Problem = {
  code: 'BUILD_FAILED',
  message: 'The build of backend failed: npm run build ended with exit code 2.',
  remedy: 'Correct the error that the step printed, then press Start again.',
  details: {
    dockerfile: 'docker/backend.Dockerfile',
    excerpt: [
      { line: 7, text: 'RUN npm ci --no-audit --no-fund', failing: false },
      { line: 8, text: 'COPY src ./src', failing: false },
      { line: 9, text: 'RUN npm run build', failing: true },
      { line: 10, text: '', failing: false },
    ],
    output: ['src/server.ts(14,7): error TS2322'],
  },
};

const unhealthy: Problem = {
  code: 'SERVICE_UNHEALTHY',
  message: 'backend is unhealthy: the last 5 probes failed with exit code 1.',
  remedy: 'Read its last log lines and the output of its health command.',
  details: {
    service: 'backend',
    probe: 'curl: (7) Failed to connect to localhost port 8000: Connection refused',
    logs: ['{"level":50,"msg":"cannot reach the vector store","err":"ECONNREFUSED"}', '{"level":60,"msg":"giving up"}'],
  },
};

const done = (from: number, to: number): OperationEvent[] =>
  Array.from({ length: to - from }, (_, index) => ({
    type: 'step',
    at: ago(0),
    step: String(from + index),
    state: 'done',
    seconds: 1.2,
  }));

/** What an operation of a scene tells, in order; those without an end stay running. */
export function scriptFor(scene: string, id: string, action: Action, seconds: number): OperationEvent[] {
  const at = ago(seconds);
  if (action.verb === 'deploy' || action.verb === 'rollback') {
    const plan = planFor(action);
    const begin: OperationEvent = { type: 'begin', at, id, environment: 'production', action, plan };
    return [begin, ...releaseScript(scene, action, seconds)];
  }
  const running = (step: number): OperationEvent => ({ type: 'step', at, step: String(step), state: 'running' });
  const begin: OperationEvent = { type: 'begin', at, id, environment: 'development', action, plan: planFor(action) };
  const end = (summary: string, problem?: Problem): OperationEvent => ({
    type: 'end',
    at: ago(0),
    outcome: problem === undefined ? 'done' : 'failed',
    seconds,
    summary,
    ...(problem === undefined ? {} : { problem }),
  });
  const pull: OperationEvent = {
    type: 'pull',
    at,
    service: 'redis',
    image: 'redis:7',
    current: 84_000_000,
    total: 135_000_000,
    layersDone: 3,
    layers: 6,
  };
  switch (scene) {
    case 'build':
      return [begin, running(0), pull, running(1), ...buildEvents(false)];
    case 'build-failed':
      return [
        begin,
        ...done(0, 1),
        running(1),
        ...buildEvents(true),
        { type: 'step', at, step: '1', state: 'failed', seconds: 14, problem: buildProblem },
        end('backend could not be built', buildProblem),
      ];
    case 'unhealthy':
      return [
        begin,
        ...done(0, 6),
        { type: 'step', at, step: '6', state: 'failed', seconds: 31, problem: unhealthy },
        end('backend did not become healthy', unhealthy),
      ];
    case 'starting':
    case 'chained':
      return [
        begin,
        ...done(0, 6),
        running(6),
        { type: 'waiting', at, service: 'backend', reason: 'starting, probe 2 of 5: connection refused' },
      ];
    default:
      return [begin, running(0), ...done(0, begin.plan.steps.length), end('2 of 2 services healthy')];
  }
}
