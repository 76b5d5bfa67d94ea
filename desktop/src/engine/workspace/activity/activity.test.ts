import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ActivityLog, createActivityLog, type NewActivity } from './log.ts';

/** Each append waits for the disk, in milliseconds. */
const timeout = 60_000;
let directory: string;
const path = (): string => join(directory, 'activity.ndjson');

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'qs-test-activity-'));
});
afterEach(() => rm(directory, { recursive: true }));

function entry(operation: string, project = 'shop'): NewActivity {
  return {
    at: '2026-01-02T03:04:05.000Z',
    actor: 'mina@laptop',
    via: 'test',
    kind: 'up',
    phase: 'began',
    operation,
    engine: 'unix:///var/run/docker.sock',
    project,
    environment: 'production',
    services: [],
  };
}

async function fill(log: ActivityLog, count: number): Promise<void> {
  for (let index = 1; index <= count; index += 1) await log.append(entry(`operation ${index}`));
}

test('several that write at once give one chain without a gap, read newest first and in parts', async () => {
  const logs = [createActivityLog(directory), createActivityLog(directory), createActivityLog(directory)];
  await Promise.all(
    logs.flatMap((log, one) => [1, 2, 3, 4].map((each) => log.append(entry(`${one} ${each}`, `p${one}`)))),
  );
  const [log = createActivityLog(directory)] = logs;
  expect(await log.verify()).toEqual({ ok: true, entries: 12, cutOff: 0, faults: [] });
  const first = await log.list({ limit: 5 });
  expect(first.entries.map(({ seq }) => seq)).toEqual([12, 11, 10, 9, 8]);
  expect(first.more).toBe(true);
  const rest = await log.list({ limit: 100, before: 8 });
  expect(rest.entries.map(({ seq }) => seq)).toEqual([7, 6, 5, 4, 3, 2, 1]);
  expect(rest.more).toBe(false);
  const one = await log.list({ limit: 100, project: 'p1' });
  expect(one.entries.map(({ operation }) => operation)).toEqual(['1 4', '1 3', '1 2', '1 1']);
});

test('the chain goes on across files, none of which is deleted', async () => {
  await fill(createActivityLog(directory, 1000), 9);
  expect((await readdir(directory)).filter((name) => name.endsWith('.ndjson')).length).toBeGreaterThan(2);
  const log = createActivityLog(directory);
  expect(await log.verify()).toMatchObject({ ok: true, entries: 9 });
  expect((await log.list({ limit: 100 })).entries.map(({ seq }) => seq)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
});

test('whatever is changed, taken out, moved or cut away shows, also when the log goes on behind it', {
  timeout,
}, async () => {
  const log = createActivityLog(directory);
  await fill(log, 6);
  const whole = await readFile(path(), 'utf8');
  const note = await readFile(join(directory, 'activity-head.json'), 'utf8');
  const lines = whole.split('\n').slice(0, -1);
  const tampered = fc.oneof(
    fc
      .record({ at: fc.nat(whole.length - 1), to: fc.constantFrom('0', 'x', '"', '{', '\n') })
      .map(({ at, to }) => whole.slice(0, at) + to + whole.slice(at + 1)),
    fc.nat(lines.length - 1).map((out) => lines.toSpliced(out, 1).join('\n') + '\n'),
    fc.tuple(fc.nat(lines.length - 1), fc.nat(lines.length - 1)).map(([from, to]) => {
      const moved = lines.toSpliced(from, 1);
      return moved.toSpliced(to, 0, lines[from] ?? '').join('\n') + '\n';
    }),
    fc.nat(lines.length - 1).map((kept) =>
      lines
        .slice(0, kept)
        .map((line) => `${line}\n`)
        .join(''),
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      tampered.filter((text) => text.trimEnd() !== whole.trimEnd()),
      async (text) => {
        await writeFile(path(), text);
        await writeFile(join(directory, 'activity-head.json'), note);
        expect((await log.verify()).ok).toBe(false);
        await log.append(entry('later'));
        const check = await log.verify();
        expect(check.ok).toBe(false);
        expect(check.faults[0]?.sentence).toMatch(/entr/i);
      },
    ),
    { numRuns: 60 },
  );
});

test('a line that a crash cut off is told as such, loses nothing else, and the log goes on', { timeout }, async () => {
  const log = createActivityLog(directory);
  await fill(log, 2);
  const note = await readFile(join(directory, 'activity-head.json'), 'utf8');
  const before = await readFile(path(), 'utf8');
  await fill(log, 1);
  const whole = await readFile(path(), 'utf8');
  for (let end = before.length + 1; end < whole.length - 1; end += 23) {
    await writeFile(path(), whole.slice(0, end));
    await writeFile(join(directory, 'activity-head.json'), note);
    await log.append(entry('after the crash'));
    expect(await log.verify()).toEqual({ ok: true, entries: 3, cutOff: 1, faults: [] });
  }
});

test('a lock that somebody who was killed left behind holds nobody up for ever', async () => {
  const lock = join(directory, 'activity.lock');
  await writeFile(lock, 'killed');
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(lock, longAgo, longAgo);
  const logs = [createActivityLog(directory), createActivityLog(directory)];
  await Promise.all(logs.map((log) => log.append(entry('after'))));
  expect(await logs[0]?.verify()).toMatchObject({ ok: true, entries: 2 });
  expect((await readdir(directory)).filter((name) => name.includes('lock'))).toEqual([]);
});
