import { expect, test } from 'vitest';
import type { CoreClient, LogFilter, LogLine, LogPage } from '#contract/index.ts';
import { fakeClient } from '#testing/panel-dev/fake-core.ts';
import type { Core } from './core.ts';
import { narrowed, pastPage, unknownOf } from './past-page.ts';

const all: LogFilter = { services: [], levels: [], search: '' };
const request = { environment: 'development', filter: all, signal: new AbortController().signal };

test('a filter is narrowed as a whole, also one of several ways', async () => {
  const { logs } = fakeClient('logs50k');
  const read = async (filter: LogFilter) =>
    (await logs.read({ environment: 'development', filter, limit: 2000 })).lines;
  const filter = { ...all, query: ' timeout or answered' };
  const found = await read(filter);
  const [from, to] = [found[500]?.time ?? '', found[900]?.time ?? ''];
  expect(await read(narrowed(filter, `time>${from}`, `time<=${to}`))).toEqual(found.slice(501, 901));
  const whole = await read(narrowed(all, `time>${from}`));
  expect(whole.length).toBeGreaterThan(found.length - 501);
  expect(whole.every(({ time }) => time > from)).toBe(true);
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
  const client = fakeClient('empty');
  const from: Core = {
    client: { ...client, logs: { ...client.logs, read } },
    connected: () => Promise.resolve(),
    refusal: () => undefined,
    state: () => ({ status: 'connected', since: 0 }),
  };
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
