import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CoreClient, LogLine, LogPage } from '#contract/index.ts';
import { fakeClient } from '#testing/panel-dev/fake-core.ts';
import type { Core } from './core.ts';
import { EarlierLines } from './earlier-lines.ts';
import { LaterLines } from './later-lines.ts';
import { Ring } from './line-ring.ts';
import { LogPast } from './log-past.ts';
import { pastAround } from './past-page.ts';

const counts = { trace: 0, debug: 0, info: 0, warn: 0, error: 0, fatal: 0, none: 0 };
const parts: Record<string, number> = { a: 0, b: 3, gone: 6 };
const timeOf = (second: number, container: string): string =>
  `2026-11-26T00:00:${String(second).padStart(2, '0')}.${parts[container]}00000000Z`;
const key = ({ time, container }: LogLine): string => `${time} ${container}`;

/** Every line of two services, at most one a second each, some twice, and of a container that is gone from the engine. */
interface World {
  readonly lines: LogLine[];
  /** How many of the last lines of each service the core holds; of the container that is gone it holds all. */
  readonly tails: readonly [number, number];
  /** The history of one service came when the core had all of the others. */
  readonly late: boolean;
}

const world = fc
  .record({
    seconds: fc.array(fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()), {
      minLength: 1,
      maxLength: 50,
    }),
    tails: fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 })),
    late: fc.boolean(),
  })
  .map(({ seconds, ...more }): World => {
    const line = (second: number, container: string): LogLine => ({
      ...{ seq: 0, time: timeOf(second, container), service: container, container, stream: 'stdout', level: 'info' },
      text: String(second),
    });
    const lines = seconds.flatMap(([a, b, twice, gone], second) => [
      ...(a ? [line(second, 'a')] : []),
      ...(b ? [line(second, 'b')] : []),
      ...(b && twice ? [line(second, 'b')] : []),
      ...(gone ? [line(second, 'gone')] : []),
    ]);
    return { lines, ...more };
  });

const heldPerPage = 5;

/** A core that holds the last lines, and reads back as the contract says, a few lines at a time. */
class SmallCore {
  readonly #engine: LogLine[];
  readonly held: LogLine[];
  readonly #begins: string[];
  readonly #perPage: number;
  #left = 0;

  constructor({ lines, tails: [a, b], late }: World, perPage: number) {
    const last = (container: string, count: number): LogLine[] =>
      lines.filter((line) => line.container === container).slice(-count);
    const [ofA, ofB] = [last('a', a), last('b', b)];
    const held = lines.filter((line) => line.container === 'gone' || ofA.includes(line) || ofB.includes(line));
    const inOrder = late
      ? held.toSorted((one, two) => Number(one.service === 'b') - Number(two.service === 'b'))
      : held;
    this.held = inOrder.map((line, index) => ({ ...line, seq: index + 1 }));
    this.#engine = lines.filter(({ container }) => container !== 'gone');
    this.#begins = [ofA, ofB].filter((own, at) => own.length === [a, b][at]).map(([first]) => first?.time ?? '');
    this.#perPage = perPage;
  }

  /** From when on the lines held are whole. */
  get whole(): string | undefined {
    const since = this.#left === 0 ? [] : [this.held[this.#left]?.time ?? ''];
    return [...this.#begins, ...since].sort().at(-1);
  }

  /** Lets so many of the oldest lines go. */
  forget(count: number): void {
    this.#left = Math.min(count, this.held.length - 1);
  }

  page(lines: LogLine[], more: Partial<LogPage> = {}): LogPage {
    const { whole } = this;
    const times = { since: this.held[this.#left]?.time, ...(whole === undefined ? {} : { earlier: whole }) };
    return {
      lines,
      cursor: this.held.length,
      dropped: 0,
      held: this.held.length,
      counts,
      more: false,
      ...times,
      ...more,
    };
  }

  #back(before: string): LogPage {
    const upTo = this.#engine.filter(({ time }) => time <= before);
    const cut = upTo.at(-this.#perPage)?.time;
    const all = cut === undefined || cut === before;
    return this.page(all ? upTo : upTo.filter(({ time }) => time > cut), { earlier: all ? undefined : cut });
  }

  readonly #read: CoreClient['logs']['read'] = ({
    backFrom,
    before = Number.POSITIVE_INFINITY,
    after,
    filter,
    limit = 500,
  }) => {
    if (backFrom !== undefined) return Promise.resolve(this.#back(backFrom));
    const { behind: from = '', upTo: to = '3' } = filter ?? {};
    const passing = this.held.slice(this.#left).filter(({ time }) => time > from && time <= to);
    const most = Math.min(limit, heldPerPage);
    if (after === undefined) {
      const found = passing.filter(({ seq }) => seq < before);
      return Promise.resolve(this.page(found.slice(-most), { more: found.length > most }));
    }
    const found = passing.filter(({ seq }) => seq > after);
    const lines = found.slice(0, most);
    const more = found.length > most ? { more: true, cursor: lines.at(-1)?.seq ?? 0 } : {};
    return Promise.resolve(this.page(lines, { dropped: Math.max(0, this.#left - after), ...more }));
  };

  core(): Core {
    const client = fakeClient('empty');
    return {
      client: { ...client, logs: { ...client.logs, read: this.#read } },
      connected: () => Promise.resolve(),
      refusal: () => undefined,
      state: () => ({ status: 'connected', since: 0 }),
    };
  }
}

const request = {
  environment: 'development',
  filter: { services: [], levels: [], search: '' },
  signal: new AbortController().signal,
};

/** A panel that has the last lines of the core, or those around a moment of the past. */
async function panelOf(core: SmallCore, capacity: number, begin: number | string) {
  const lines = new Ring<LogLine>({ capacity });
  const past = new LogPast();
  const earlier = new EarlierLines(core.core(), lines, past);
  const later = new LaterLines(core.core(), lines, past);
  if (typeof begin === 'number') {
    lines.push(core.held.slice(-Math.max(1, begin)));
    earlier.see(core.page([...lines]), true);
  } else earlier.open(core.page([]), await pastAround(core.core(), request, begin, core.whole ?? '', 10));
  return {
    lines,
    see: () => earlier.see(core.page([]), false),
    back: async () => {
      const { atStart, problem } = await earlier.load(request, () => true);
      expect(problem).toBeUndefined();
      return atStart === true;
    },
    forward: async () => {
      const { end, problem } = await later.load(request);
      expect(problem).toBeUndefined();
      return end !== undefined;
    },
  };
}

async function until(step: () => Promise<boolean>, then: () => void): Promise<void> {
  for (let steps = 0, over = false; !over; steps += 1) {
    expect(steps).toBeLessThan(500);
    over = await step();
    then();
  }
}

const [perPage, seen] = [fc.integer({ min: 5, max: 30 }), fc.nat(10)];

test.each([
  ['a panel that has room for all', 1000],
  ['a small one', 7],
])('%s: scrolling back and forward shows every line once, in the order of time', async (_what, capacity) => {
  const steps = fc.array(fc.boolean(), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(world, perPage, seen, steps, fc.nat(30), async (all, size, shown, wander, forgotten) => {
      const lost = forgotten > 0 ? all.lines.filter(({ container }) => container !== 'gone') : all.lines;
      // Which lines are put in the order of time and which in that of their seq must not change.
      const late = all.late && forgotten === 0;
      const core = new SmallCore({ ...all, lines: lost, late }, size);
      if (core.held.length === 0) return;
      const { lines, see, back, forward } = await panelOf(core, capacity, shown);
      await until(back, () => undefined);
      const begin = lines.first;
      const met = new Map<number, string>();
      const look = (): void => {
        expect(lines.length).toBeLessThanOrEqual(capacity);
        const now = [...lines];
        for (const [index, line] of now.entries()) {
          const place = lines.first - begin + index;
          expect(met.get(place) ?? key(line)).toBe(key(line));
          met.set(place, key(line));
        }
        expect(now.every(({ seq }, index) => index === 0 || seq > (now[index - 1]?.seq ?? seq))).toBe(true);
        if (!late) expect(now.every(({ time }, index) => time >= (now[index - 1]?.time ?? ''))).toBe(true);
      };
      look();
      core.forget(forgotten);
      see();
      for (const on of wander) {
        const { first } = lines;
        await (on ? forward() : back());
        look();
        // What is in sight there stays.
        if (!on) expect(lines.first).toBeLessThanOrEqual(first);
      }
      await until(forward, look);
      expect([...met.values()].toSorted()).toEqual(lost.map(key).toSorted());
      expect(lines.end - begin).toBe(lost.length);
      if (capacity > lost.length) expect(lines.first).toBe(begin);
    }),
  );
});

test('a jump into the past opens at the moment asked for; from there every line is met once, back and forward', async () => {
  await fc.assert(
    fc.asyncProperty(world, perPage, fc.nat(49), async (all, size, second) => {
      const core = new SmallCore({ ...all, late: false }, size);
      const at = timeOf(second, 'a');
      if (core.held.length === 0 || core.whole === undefined || at >= core.whole) return;
      const { lines, back, forward } = await panelOf(core, 1000, at);
      const next = all.lines.find(({ time }) => time > at && time <= (core.whole ?? ''));
      if (next !== undefined) expect([...lines].map(key)).toContain(key(next));
      await until(forward, () => undefined);
      await until(back, () => undefined);
      expect([...lines].map(key)).toEqual(all.lines.map(key));
      const seqs = [...lines].map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.toSorted((one, two) => one - two));
    }),
  );
});
