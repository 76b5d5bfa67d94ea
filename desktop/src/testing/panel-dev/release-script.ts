import type { Action, OperationEvent, Problem, ReleaseStage } from '#contract/index.ts';
import { ago } from './clock.ts';

const image = (service: string) => `ghcr.io/acme/${service}@sha256:9c1f04aa0be1`;

/** What a deploy or rollback of the two services is made of. */
export const releaseSteps: readonly (readonly [
  kind:
    | 'image.pull'
    | 'image.tag'
    | 'container.create'
    | 'container.rename'
    | 'container.stop'
    | 'container.start'
    | 'service.wait',
  resource: string,
  service: string,
])[] = (['backend', 'frontend'] as const).flatMap(
  (service) =>
    [
      ['image.pull', image(service), service],
      ['image.tag', `ghcr.io/acme/${service}:1.4.3`, service],
      ['container.create', `shop-prod-${service}-1`, service],
      ['container.stop', `shop-prod-${service}-1`, service],
      ['container.start', `shop-prod-${service}-1`, service],
      ['service.wait', service, service],
    ] as const,
);

/** What is said of an image that may not be able to read today's data. */
export const unreadable =
  'backend has data of schema 7, and the image can read 4 to 6 only: it may fail or damage the data.';

const unhealthy: Problem = {
  code: 'SERVICE_UNHEALTHY',
  message: 'backend is unhealthy: the last 3 probes failed with exit code 1.',
  remedy: 'Read its last log lines and the output of its health command.',
  details: {
    service: 'backend',
    probe: 'curl: (7) Failed to connect to localhost port 8000: Connection refused',
    logs: ['{"level":50,"msg":"cannot reach the vector store","err":"ECONNREFUSED"}', '{"level":60,"msg":"giving up"}'],
  },
};
const locked: Problem = {
  code: 'RELEASE_LOCKED',
  message: 'shop-prod is locked: ci on runner-7, deploy 1.5.0.',
  remedy: 'Wait until it ends.',
  details: {
    actor: 'ci',
    host: 'runner-7',
    why: 'deploy 1.5.0',
    since: ago(95),
    stale: false,
  },
};

/** What a deploy or rollback of a scene tells after its begin; those without an end stay running. */
export function releaseScript(scene: string, { verb }: Action, seconds: number): OperationEvent[] {
  const later = (after: number) => ago(seconds - after);
  const stage = (name: ReleaseStage, after: number, text: string): OperationEvent => ({
    type: 'stage',
    at: later(after),
    stage: name,
    text,
  });
  const step = (index: number, state: 'running' | 'done' | 'failed', problem?: Problem): OperationEvent => ({
    type: 'step',
    at: later(index),
    step: String(index),
    state,
    ...(state === 'running' ? {} : { seconds: 0.8 }),
    ...(problem === undefined ? {} : { problem }),
  });
  const done = (...indexes: number[]) => indexes.map((index) => step(index, 'done'));
  const pull: OperationEvent = {
    type: 'pull',
    at: later(1),
    service: 'frontend',
    image: image('frontend'),
    current: 31_000_000,
    total: 48_000_000,
    layersDone: 4,
    layers: 6,
  };
  const end = (outcome: 'done' | 'failed' | 'restored', summary: string, problem?: Problem): OperationEvent => ({
    type: 'end',
    at: later(seconds),
    outcome,
    seconds,
    summary,
    ...(problem === undefined ? {} : { problem }),
  });
  const prepare = stage('prepare', 0, 'Getting the images.');
  const swap = stage('swap', 3, 'Swapping.');
  const gate = stage('gate', 6, 'Everything is up; it has to stay healthy for 5 s.');
  if (scene === 'releases-pulling') return [prepare, step(0, 'done'), step(6, 'running'), pull];
  if (scene === 'releases-running')
    return [prepare, ...done(0, 6), swap, ...done(1, 2, 3, 4, 5, 7, 8), step(9, 'running')];
  if (scene === 'releases-restored') {
    const back = stage('return', 9, `${unhealthy.message} Bringing back what ran before.`);
    return [
      prepare,
      ...done(0, 6),
      swap,
      ...done(1, 2, 3, 4),
      step(5, 'failed', unhealthy),
      back,
      end('restored', `${unhealthy.message} What ran before runs again and is healthy.`, unhealthy),
    ];
  }
  if (scene === 'releases-locked') return [end('failed', locked.message, locked)];
  const note: OperationEvent = {
    type: 'note',
    at: later(7),
    text: 'On this engine ghcr.io/acme/backend:1.4.3 now stands for what runs, so that docker compose up -d keeps it.',
  };
  const settle = stage('settle', 8, 'Removing what was kept for the way back.');
  const kept = verb === 'deploy' ? [] : [note];
  return [
    prepare,
    ...done(0, 6),
    swap,
    ...done(1, 2, 3, 4, 5, 7, 8, 9, 10, 11),
    gate,
    settle,
    ...kept,
    end('done', 'Done.'),
  ];
}
