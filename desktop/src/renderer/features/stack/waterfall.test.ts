import { expect, test } from 'vitest';
import type { ServiceState } from '#contract/index.ts';
import { service } from '#testing/panel-dev/data.ts';
import { speak } from '#words/index.ts';
import { waitingServices } from './waiting.ts';
import { waterfall } from './waterfall.ts';

await speak('en');

const now = Date.parse('2026-09-21T12:01:00Z');
const before = (seconds: number): string => new Date(now - seconds * 1000).toISOString();

function made(
  name: string,
  condition: ServiceState['condition'],
  needs: readonly string[],
  startedSecondsAgo?: number,
  probes: readonly (readonly [secondsAgo: number, exitCode: number])[] = [],
): ServiceState {
  const base = service(name, 1, { condition, reason: `reason of ${name}` });
  const [container] = base.containers;
  return {
    ...base,
    dependsOn: needs.map((one) => ({ service: one, condition: 'service_healthy' })),
    containers:
      container === undefined || startedSecondsAgo === undefined
        ? []
        : [
            {
              ...container,
              startedAt: before(startedSecondsAgo),
              probes: probes.map(([ago, exitCode]) => ({
                startedAt: before(ago),
                endedAt: before(ago),
                exitCode,
                output: '',
              })),
            },
          ],
  };
}

const chain = (services: readonly ServiceState[], beginSecondsAgo?: number) =>
  waterfall(
    services,
    waitingServices(services, undefined),
    beginSecondsAgo === undefined ? undefined : now - beginSecondsAgo * 1000,
    now,
  );

test('the chain up to what waits, the first needed first, each with what it did when', () => {
  const services = [
    made('page', 'waiting', ['api']),
    made('api', 'starting', ['db'], 20, [
      [10, 1],
      [5, 1],
    ]),
    made('db', 'healthy', [], 40, [
      [35, 1],
      [30, 0],
      [25, 0],
    ]),
    made('mail', 'healthy', [], 40),
  ];
  expect(chain(services, 40)).toMatchObject([
    {
      service: 'db',
      stretches: [
        { phase: 'starting', from: 0, to: 0.25 },
        { phase: 'ready', from: 0.25, to: 1 },
      ],
      story: 'starting 10 s, ready 30 s, 1 of the last 3 probes failed',
    },
    {
      service: 'api',
      reason: 'reason of api',
      stretches: [
        { phase: 'held', from: 0, to: 0.5 },
        { phase: 'starting', from: 0.5, to: 1 },
      ],
      probes: [
        { at: 0.75, ok: false },
        { at: 0.875, ok: false },
      ],
    },
    { service: 'page', stretches: [{ phase: 'held', from: 0, to: 1 }], probes: [], story: 'held back 40 s' },
  ]);
});

test('what ran before the start was ready all the time, and its old probes are no part of it', () => {
  const [db] = chain([made('db', 'healthy', [], 900, [[600, 0]]), made('api', 'starting', ['db'], 10)], 20);
  expect(db).toMatchObject({ stretches: [{ phase: 'ready', from: 0, to: 1 }], probes: [] });
});

test('without an operation time begins with the first start of those that wait', () => {
  const rows = chain([made('db', 'starting', [], 30), made('api', 'waiting', ['db'])]);
  expect(rows.map(({ service: name, stretches }) => [name, stretches])).toEqual([
    ['db', [{ phase: 'starting', from: 0, to: 1 }]],
    ['api', [{ phase: 'held', from: 0, to: 1 }]],
  ]);
});

test('a needed service that failed is shown as failed; services that need each other end nothing', () => {
  const [db, api] = chain([made('db', 'failed', ['api'], 30), made('api', 'waiting', ['db'])], 30);
  expect([db?.service, api?.service].sort()).toEqual(['api', 'db']);
  expect([db, api].find((row) => row?.service === 'db')?.stretches).toEqual([{ phase: 'failed', from: 0, to: 1 }]);
});
