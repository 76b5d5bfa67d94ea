import { expect, onTestFinished, test, vi } from 'vitest';
import type { LogFilter, LogLine } from '#contract/index.ts';
import { engineWithLog } from '../fixtures/log-engine.ts';
import { shown } from '../fixtures/lines.ts';
import { factsOf } from '../parse/facts.ts';
import { createProjectLogs, type ProjectLogs } from '../project-logs.ts';
import { createLogStore } from '../store/store.ts';
import { allLines } from './all-lines.ts';
import { LogExports } from './exports.ts';

const never = new AbortController().signal;
const filter: LogFilter = { services: [], levels: [], search: '' };
const count = 9000;
const written = Array.from({ length: count }, (_, n) => `line ${n}`);
const long = written.map((text) => text.padEnd(500, '.'));
const textsOf = (lines: readonly LogLine[]): string[] => lines.map(({ text }) => text);

interface Given {
  readonly ahead?: (n: number) => number;
  readonly lost?: () => number;
  readonly timeAs?: (n: number) => number;
  readonly tail?: number | 'all';
  readonly maxBytes?: number;
}

/** The core holds the last 200 lines of them, or all but those that have left it. */
async function logsOf(
  lines: readonly string[],
  keeps?: (asked: number) => number,
  { ahead = () => 0, lost = () => 0, timeAs = (n) => n, ...deps }: Given = {},
): Promise<ProjectLogs> {
  let begun = false;
  const gateway = await engineWithLog(lines, {
    perSecond: 50,
    ahead,
    lost,
    timeAs,
    keeps: (asked) => (begun && asked > 1 ? (keeps?.(asked) ?? asked) : asked),
  });
  const logs = createProjectLogs({ gateway, tail: 200, ...deps });
  onTestFinished(() => {
    logs.dispose();
  });
  logs.setContainers([{ id: 'web', name: 'web-1', service: 'web', tty: false, running: false }]);
  await vi.waitFor(async () => {
    expect(logs.active).toBe(0);
    expect((await logs.read({ filter, limit: 1, waitMs: 0 }, never)).held).toBeGreaterThan(0);
  }, 20_000);
  begun = true;
  return logs;
}

async function exported(logs: ProjectLogs, which = filter) {
  const lines: LogLine[] = [];
  let missing = false;
  for (let id: string | undefined, pages = 0; pages === 0 || id !== undefined; pages += 1) {
    const page = await logs.export({ filter: which, id }, never);
    lines.push(...page.lines);
    missing ||= page.missing;
    ({ id } = page);
  }
  return { lines, missing };
}

test.each<[string, Given]>([
  ['only the engine has', {}],
  ['have left the core', { tail: 'all', maxBytes: 2 * 1024 * 1024 }],
  [
    'have left the core, hundreds of one time,',
    { tail: 'all', maxBytes: 2 * 1024 * 1024, timeAs: (n) => n - (n % 700) },
  ],
])('an export has the lines that %s as well, oldest first, each once', async (_, deps) => {
  const logs = await logsOf(long, undefined, deps);
  // On a busy machine the last ones may still be put in order: an export has what is held when it comes to them.
  await vi.waitFor(async () => {
    expect(textsOf((await logs.read({ filter, limit: 1, waitMs: 0 }, never)).lines)).toEqual(long.slice(-1));
  }, 20_000);
  expect((await logs.read({ filter, limit: 1, waitMs: 0 }, never)).held).toBeLessThan(count);
  const { lines, missing } = await exported(logs);
  expect(textsOf(lines)).toEqual(long);
  expect(missing).toBe(false);
});

test('its filter and its masks are those of the lines held', async () => {
  const logs = await logsOf(written.map((text, n) => (n % 1000 === 500 ? `${text} secret` : text)));
  const show = (text: string): string => text.replace('secret', '••••');
  const first = await logs.export({ filter: { ...filter, search: 'secret' } }, never, show);
  expect(textsOf(first.lines)).toEqual(Array.from({ length: 9 }, (_, n) => `line ${n * 1000 + 500} ••••`));
});

test('where the answer of the engine breaks off, the export says so, in its place', async () => {
  const logs = await logsOf(written, () => 700);
  const { lines, missing } = await exported(logs);
  const said = "Lines of web-1 may be missing here: the engine's answer broke off.";
  expect(textsOf(lines)).toEqual([...written.slice(0, 700), said, ...written.slice(-200)]);
  expect(missing).toBe(true);
  const none = await exported(await logsOf(written, () => 0));
  expect(textsOf(none.lines)).toEqual([
    'Older lines of web-1 are missing here: The log of web-1 broke off before its newest line.',
    ...written.slice(-200),
  ]);
  expect(none.missing).toBe(true);
});

test('lines from before a clock was set back are not passed over unsaid, whatever their time', async () => {
  const logs = await logsOf(written, undefined, { ahead: (n: number) => (n < 300 ? 86_400 : 0) });
  const { lines, missing } = await exported(logs);
  const said = 'Lines of web-1 may be missing here: the clock of the engine was set back.';
  expect(textsOf(lines)).toEqual([...written.slice(300, -200), said, ...written.slice(-200)]);
  expect(missing).toBe(true);
});

test('a log that has lost what is held, and all before it, has nothing older', async () => {
  let lost = 0;
  const logs = await logsOf(written, undefined, { lost: () => lost });
  lost = count - 100;
  const { lines, missing } = await exported(logs);
  expect(textsOf(lines)).toEqual(written.slice(-200));
  expect(missing).toBe(false);
});

test('a time and services decide what the engine is asked for', async () => {
  const asked: number[] = [];
  const logs = await logsOf(written, (lines) => {
    asked.push(lines);
    return lines;
  });
  const at = (n: number): string => new Date(Date.parse('2026-11-27T00:00:00Z') + n * 20).toISOString();
  const middle = await exported(logs, { ...filter, from: at(5000) });
  expect(textsOf(middle.lines)).toEqual(written.slice(5000));
  expect([middle.missing, asked]).toEqual([false, [count - 5000]]);
  const late = await exported(logs, { ...filter, from: at(count - 100) });
  expect(textsOf(late.lines)).toEqual(written.slice(-100));
  const other = await exported(logs, { ...filter, services: ['db'] });
  expect([late.missing, other.lines, other.missing, asked.length]).toEqual([false, [], false, 1]);
});

test('a time back from now stays where it was when the export began', async () => {
  const logs = await logsOf(written);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-27T00:03:00Z') });
  onTestFinished(() => void vi.useRealTimers());
  const first = await logs.export({ filter: { ...filter, from: '100s' } }, never);
  const lines = [...first.lines];
  for (let { id } = first; id !== undefined; ) {
    vi.setSystemTime(Date.now() + 60_000);
    const page = await logs.export({ filter, id }, never);
    lines.push(...page.lines);
    ({ id } = page);
  }
  expect(textsOf(lines)).toEqual(written.slice(4000));
});

test('however long its lines are, none is lost for want of memory', async () => {
  const pads = Array.from({ length: 50 }, (_, n) => `${n} `.padEnd(900_000, '.'));
  const { lines, missing } = await exported(await logsOf(pads, undefined, { tail: 5 }));
  expect(textsOf(lines).map((text) => Number.parseInt(text, 10))).toEqual(pads.map((_, n) => n));
  expect(missing).toBe(false);
});

test.each([
  ['some', 18_000],
  ['all that are left', 40_000],
])('lines that leave the core before they are written are counted in their place: %s', async (_, newer) => {
  const store = createLogStore({ maxBytes: 6 * 1024 * 1024 });
  store.addSource({ service: 'web', name: 'web-1' });
  const add = (from: number, to: number): void => {
    for (let n = from; n < to; n += 1) {
      const text = Buffer.from(`${n} `.padEnd(500, '.'));
      const line = shown({ stream: 1, sec: n, nanos: 0, text, cut: false });
      store.add(line, factsOf(0, line));
    }
  };
  const held = { store, show: (text: string) => text };
  const numbers = (lines: readonly LogLine[]): number[] => textsOf(lines).map((text) => Number.parseInt(text, 10));
  add(0, 12_000);
  const [start, gateway] = [store.firstSeq - 1, await engineWithLog([], { keeps: (asked) => asked })];
  const pages = allLines({ gateway, held, containers: [], filter, signal: never });
  const first = await pages.next();
  if (first.done === true) throw new Error('There is no first page.');
  add(12_000, newer);
  const lines: LogLine[] = [...first.value.lines];
  let missing = false;
  for await (const page of pages) {
    lines.push(...page.lines);
    missing ||= page.missing;
  }
  const gap = lines.findIndex(({ stream }) => stream === 'marker');
  const lost = Number(/^Up to (\d+) lines are missing here/.exec(lines[gap]?.text ?? '')?.[1]);
  expect([gap > 0, lost > 0, missing]).toEqual([true, true, true]);
  const all = Array.from({ length: 12_000 - start }, (_, n) => start + n);
  expect(numbers(lines.slice(0, gap))).toEqual(all.slice(0, gap));
  expect(numbers(lines.slice(gap + 1))).toEqual(all.slice(gap + lost));
  expect(gap + lost + (newer < 20_000 ? lines.length - gap - 1 : 0)).toBe(all.length);
});

async function* pagesOf(signal: AbortSignal) {
  for (let n = 0; n < 3 && !signal.aborted; n += 1) yield await Promise.resolve({ lines: [], missing: n === 1 });
}

test('a page is told once, and an export that nobody reads on ends', async () => {
  const exports = new LogExports(20);
  const lives: AbortSignal[] = [];
  const begin = () =>
    exports.begin((life) => {
      lives.push(life);
      return pagesOf(life);
    }, never);
  const { id = '' } = await begin();
  const second = await exports.next(id, never);
  expect(second.missing).toBe(true);
  await expect(exports.next(id, never)).rejects.toMatchObject({ code: 'USAGE' });
  await vi.waitFor(() => {
    expect(lives[0]?.aborted).toBe(true);
  });
  await expect(exports.next(second.id ?? '', never)).rejects.toMatchObject({ code: 'USAGE' });
});

test('of many exports the one that was read on least recently ends, and all end with the core', async () => {
  const exports = new LogExports(60_000);
  const lives: AbortSignal[] = [];
  const ids: string[] = [];
  for (let n = 0; n < 9; n += 1) {
    const { id = '' } = await exports.begin((life) => {
      lives.push(life);
      return pagesOf(life);
    }, never);
    ids.push(id);
  }
  expect(lives.map(({ aborted }) => aborted)).toEqual([true, ...Array.from({ length: 8 }, () => false)]);
  exports.dispose();
  expect(lives.every(({ aborted }) => aborted)).toBe(true);
  await expect(exports.next(ids[8] ?? '', never)).rejects.toMatchObject({ code: 'USAGE' });
});

test('an export ends with who waits for its page, and with what goes wrong: never short and as if it were whole', async () => {
  const exports = new LogExports(60_000);
  const lives: AbortSignal[] = [];
  const left = new AbortController();
  async function* waiting(life: AbortSignal) {
    lives.push(life);
    while (!life.aborted) await new Promise((resolve) => setImmediate(resolve));
    yield { lines: [], missing: false };
  }
  const begun = exports.begin(waiting, left.signal);
  left.abort();
  await expect(begun).rejects.toMatchObject({ code: 'USAGE' });
  const failing = exports.begin((life) => {
    lives.push(life);
    return { next: () => Promise.reject(new Error('broken')) };
  }, never);
  await expect(failing).rejects.toThrow('broken');
  expect(lives.map(({ aborted }) => aborted)).toEqual([true, true]);
});
