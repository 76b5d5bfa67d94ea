import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CoreClient, LogLine, LogPage } from '#contract/index.ts';
import { fakeClient } from '#testing/panel-dev/fake-core.ts';
import type { Core } from './core.ts';
import { EarlierLines } from './earlier-lines.ts';
import { Ring } from './line-ring.ts';

const counts = { trace: 0, debug: 0, info: 0, warn: 0, error: 0, fatal: 0, none: 0 };
const timeOf = (second: number): string => `2026-11-26T00:00:${String(second).padStart(2, '0')}.000000000Z`;

/** Every line of both services that the engine has, at most one a second each, some twice. */
interface World {
  readonly engine: LogLine[];
  /** How many of the last lines of each the core holds. */
  readonly tails: readonly [number, number];
}

const world = fc
  .record({
    seconds: fc.array(fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 50 }),
    tails: fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 })),
  })
  .map(({ seconds, tails }): World => {
    const line = (second: number, container: string): LogLine => ({
      ...{ seq: 0, time: timeOf(second), service: container, container, stream: 'stdout', level: 'info' },
      text: String(second),
    });
    const engine = seconds.flatMap(([a, b, twice], second) => [
      ...(a ? [line(second, 'a')] : []),
      ...(b ? [line(second, 'b')] : []),
      ...(b && twice ? [line(second, 'b')] : []),
    ]);
    return { engine, tails };
  });

function heldOf({ engine, tails: [a, b] }: World): { held: LogLine[]; whole: string | undefined } {
  const last = (container: string, count: number): LogLine[] =>
    engine.filter((line) => line.container === container).slice(-count);
  const [ofA, ofB] = [last('a', a), last('b', b)];
  const held = engine.filter((line) => ofA.includes(line) || ofB.includes(line));
  const begins = [ofA, ofB].filter((own, at) => own.length === [a, b][at]).map(([first]) => first?.time ?? '');
  return { held: held.map((line, index) => ({ ...line, seq: index + 1 })), whole: begins.sort().at(-1) };
}

/** A core that holds the last lines, and reads back as the contract says, a few lines at a time. */
function coreOf({ engine }: World, held: readonly LogLine[], perPage: number): Core {
  const page = (lines: LogLine[], earlier?: string): LogPage => ({
    ...{ lines, cursor: held.length, dropped: 0, held: held.length, counts, more: false },
    ...(earlier === undefined ? {} : { earlier }),
  });
  const read: CoreClient['logs']['read'] = ({ backFrom: before, before: seq = 0 }) => {
    if (before === undefined) return Promise.resolve(page(held.filter((line) => line.seq < seq)));
    const upTo = engine.filter(({ time }) => time <= before);
    const cut = upTo.at(-perPage)?.time;
    const lines = cut === undefined || cut === before ? upTo : upTo.filter(({ time }) => time > cut);
    return Promise.resolve(page(lines, cut === before ? undefined : cut));
  };
  const client = fakeClient('empty');
  return {
    client: { ...client, logs: { ...client.logs, read } },
    connected: () => Promise.resolve(),
    refusal: () => undefined,
    state: () => ({ status: 'connected', since: 0 }),
  };
}

test('whatever the core holds of each service, scrolling back shows every line once, in the order of time', async () => {
  await fc.assert(
    fc.asyncProperty(world, fc.integer({ min: 4, max: 30 }), fc.nat(10), async (all, perPage, seen) => {
      const { held, whole } = heldOf(all);
      const lines = new Ring<LogLine>({ capacity: 1000 });
      lines.push(held.slice(-Math.max(1, seen)));
      const core = coreOf(all, held, perPage);
      const earlier = new EarlierLines(core, lines);
      const first = { lines: [...lines], cursor: held.length, dropped: 0, held: held.length, counts, more: false };
      earlier.see({ ...first, ...(whole === undefined ? {} : { earlier: whole }) }, true);
      const request = { environment: 'development', filter: { services: [], levels: [], search: '' } };
      for (let steps = 0; steps < 100; steps += 1) {
        const { atStart, problem } = await earlier.load({ ...request, signal: new AbortController().signal });
        expect(problem).toBeUndefined();
        if (atStart === true) break;
      }
      const shown = [...lines];
      const key = ({ time, container }: LogLine): string => `${time} ${container}`;
      expect(shown.map(key).toSorted()).toEqual(all.engine.map(key).toSorted());
      expect(shown.map(({ time }) => time)).toEqual(all.engine.map(({ time }) => time));
      expect(shown.every(({ seq }, index) => index === 0 || seq > (shown[index - 1]?.seq ?? seq))).toBe(true);
    }),
  );
});
