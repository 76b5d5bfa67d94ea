import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { LogFilter, LogLine } from '#contract/index.ts';
import { engineWithLog } from '../fixtures/log-engine.ts';
import { createProjectLogs, type ProjectLogs } from '../project-logs.ts';

const never = new AbortController().signal;
const filter: LogFilter = { services: [], levels: [], search: '' };
const [count, held] = [40, 15];
const seam = count - held;
const written = Array.from({ length: count }, (_, n) => `line ${n}`);

interface Given {
  readonly timeAs: (n: number) => number;
  readonly stream?: (n: number) => 1 | 2;
  /** Of what an export asks for. */
  readonly keeps?: (asked: number) => number;
  readonly lost?: () => number;
}

/** The core holds the last lines of the log. */
async function logsOf({
  timeAs,
  stream = () => 1,
  keeps = (asked) => asked,
  lost = () => 0,
}: Given): Promise<ProjectLogs> {
  let begun = false;
  const gateway = await engineWithLog(written, {
    perSecond: 1000,
    timeAs,
    stream,
    lost,
    keeps: (asked) => (begun ? keeps(asked) : asked),
  });
  const logs = createProjectLogs({ gateway, tail: held });
  onTestFinished(() => {
    logs.dispose();
  });
  logs.setContainers([{ id: 'web', name: 'web-1', service: 'web', tty: false, running: false }]);
  await vi.waitFor(async () => {
    expect(logs.active).toBe(0);
    expect((await logs.read({ filter, limit: 1, waitMs: 0 }, never)).held).toBe(held);
  });
  begun = true;
  return logs;
}

async function exported(given: Given): Promise<{ lines: LogLine[]; missing: boolean }> {
  const logs = await logsOf(given);
  const first = await logs.export({ filter }, never);
  const last = await logs.export({ filter, id: first.id }, never);
  logs.dispose();
  expect([last.lines, last.id]).toEqual([[], undefined]);
  return first;
}

const ofStream = (which: string, lines: readonly LogLine[]): string[] =>
  lines.filter(({ stream }) => stream === which).map(({ text }) => text);

test('lines of the very same time are exported each once, wherever the lines held begin among them', async () => {
  const places = fc.record({
    first: fc.integer({ min: seam - 5, max: seam + 3 }),
    length: fc.integer({ min: 1, max: 9 }),
    errors: fc.uniqueArray(fc.integer({ min: seam - 6, max: seam + 12 }), { maxLength: 8 }),
    // A line of the other stream may stand behind later ones.
    swapped: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(places, async ({ first, length, errors, swapped }) => {
      const isError = (n: number): boolean => errors.includes(n);
      const timeAs = (n: number): number => {
        const same = n >= first && n < first + length ? first : n;
        return swapped && isError(n) ? same + 7 : same;
      };
      const { lines, missing } = await exported({ timeAs, stream: (n) => (isError(n) ? 2 : 1) });
      expect(ofStream('stdout', lines)).toEqual(written.filter((_, n) => !isError(n)));
      expect(ofStream('stderr', lines)).toEqual(written.filter((_, n) => isError(n)));
      expect(missing).toBe(false);
    }),
    { numRuns: 60 },
  );
});

test('all lines of a log have one time', async () => {
  const { lines, missing } = await exported({ timeAs: () => 0 });
  expect([lines.map(({ text }) => text), missing]).toEqual([written, false]);
});

test.each([seam - 2, seam, seam + 2])(
  'an answer that ends amid lines of one time is not taken for whole: %i lines',
  async (keeps) => {
    const timeAs = (n: number): number => (n >= seam - 4 && n < seam + 4 ? seam - 4 : n);
    const { lines, missing } = await exported({ timeAs, keeps: () => keeps });
    expect(missing).toBe(true);
    expect(ofStream('marker', lines)).toEqual(["Lines of web-1 may be missing here: the engine's answer broke off."]);
    expect(ofStream('stdout', lines).slice(-held)).toEqual(written.slice(-held));
  },
);

test('a log that has lost some of the lines of that time has those older ones that it has', async () => {
  let lost = 0;
  const timeAs = (n: number): number => (n >= seam - 4 && n < seam + 4 ? seam - 4 : n);
  for (const left of [seam - 1, seam, seam + 2]) {
    lost = 0;
    const logs = await logsOf({ timeAs, lost: () => lost });
    lost = left;
    const { lines, missing } = await logs.export({ filter }, never);
    expect([lines.map(({ text }) => text), missing]).toEqual([written.slice(Math.min(left, seam)), false]);
  }
});
