import { expect, test } from 'vitest';
import { reduceFrame } from '#state/operation-view.ts';
import { service } from '#testing/panel-dev/data.ts';
import { scriptFor } from '#testing/panel-dev/script.ts';
import { waitingServices } from './waiting.ts';

const operation = reduceFrame(undefined, {
  events: scriptFor('starting', 'o', { verb: 'up', services: [] }, 5),
  dropped: 0,
});
const starting = service('backend', 1, { condition: 'starting', reason: 'probe 1 of 5' });
const held = service('frontend', 2, { condition: 'waiting', reason: 'waits for backend to be healthy' });

test('what the running operation tells is newer than what the stack told', () => {
  expect(waitingServices([starting, held], operation).map(({ service: name, reason }) => [name, reason])).toEqual([
    ['backend', 'starting, probe 2 of 5: connection refused'],
    ['frontend', 'waits for backend to be healthy'],
  ]);
});

test('healthy services wait for nothing, and neither does one without a reason', () => {
  expect(
    waitingServices([service('backend', 1), service('frontend', 2, { condition: 'starting' })], undefined),
  ).toEqual([]);
});
