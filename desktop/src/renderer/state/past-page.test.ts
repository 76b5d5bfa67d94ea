import { expect, test } from 'vitest';
import {
  type CoreClient,
  type LogFilter,
  type LogLine,
  type LogPage,
  logQuery,
  longestLogQuery,
} from '#contract/index.ts';
import { fakeClient } from '#testing/panel-dev/fake-core.ts';
import type { Core } from './core.ts';
import { pastPage, unknownOf } from './past-page.ts';

const all: LogFilter = { services: [], levels: [], search: '' };
const request = { environment: 'development', filter: all, signal: new AbortController().signal };

function coreOf(read: CoreClient['logs']['read']): Core {
  const client = fakeClient('empty');
  return {
    client: { ...client, logs: { ...client.logs, read } },
    connected: () => Promise.resolve(),
    refusal: () => undefined,
    state: () => ({ status: 'connected', since: 0 }),
  };
}

test('the longest query that is taken for new lines is taken for those of the past as well', async () => {
  const query = 'timeout or answered'.padEnd(longestLogQuery, ' ');
  const asked: unknown[] = [];
  const client = fakeClient('logs50k');
  const read: CoreClient['logs']['read'] = (input) => {
    asked.push(input);
    return client.logs.read(input);
  };
  const from = coreOf(read);
  const filter = { ...all, query };
  const found = (await client.logs.read({ environment: 'development', filter, limit: 2000 })).lines;
  const upTo = found[900]?.time ?? '';
  const { lines } = await pastPage(from, { ...request, filter }, upTo, 400);
  expect(lines.length).toBeGreaterThan(100);
  expect(lines).toEqual(found.slice(901 - lines.length, 901));
  expect(asked.length).toBeGreaterThan(1);
  for (const input of asked) expect(logQuery.safeParse(input).error).toBeUndefined();
});

const line = (time: string, text: string): LogLine => ({
  ...{ seq: 0, time: `2026-11-26T00:00:${time}Z`, service: 'a', container: 'a', stream: 'stdout', level: 'info' },
  text,
});

test('a page has what only the core holds as well, and begins where no line can be missing', async () => {
  const base = { cursor: 0, dropped: 0, held: 0, counts: {} as LogPage['counts'], more: false };
  // The first line before `e2` may lie behind the cut: streams are a little out of order.
  const engine = [line('01.000000000', 'e1'), line('01.050000000', 'e2'), line('03.000000000', 'e3')];
  const core = [line('02.000000000', 'gone'), line('03.000000000', 'e3')];
  const read: CoreClient['logs']['read'] = ({ backFrom }) =>
    Promise.resolve(
      backFrom === undefined ? { ...base, lines: core } : { ...base, lines: engine, earlier: engine[0]?.time },
    );
  const from = coreOf(read);
  const { lines, earlier } = await pastPage(from, request, '2026-11-26T00:00:04.000000000Z', 3);
  expect(lines.map(({ text }) => text)).toEqual(['gone', 'e3']);
  expect(earlier).toBe('2026-11-26T00:00:01.100000000Z');
  // Where all were written at once, the page is at least half as long as what was read.
  const dense = await pastPage(from, request, '2026-11-26T00:00:01.080000000Z', 3);
  expect([dense.earlier, dense.lines.map(({ text }) => text)]).toEqual(['2026-11-26T00:00:01.040000000Z', ['e2']]);
  // Nor is anything later taken for earlier where a read did not get that far.
  const none = await pastPage(from, request, '2026-11-26T00:00:00.500000000Z', 3);
  expect(none).toEqual({ lines: [], earlier: '2026-11-26T00:00:00.500000000Z' });
});

test('of equal lines as many are unknown as there are more', () => {
  const [one, other] = [line('01.000000000', 'one'), line('01.000000000', 'other')];
  expect(unknownOf([one, one, other], [one])).toEqual([one, other]);
});
