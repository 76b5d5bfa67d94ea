import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { array, assert, asyncProperty, integer, json, property } from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { model, service } from '#testing/stack-fixture.ts';
import { appendEntry, decodeEntries, encodeEntry, readEntries } from './journal-file.ts';
import { decodeModel, encodeModel } from './model-codec.ts';
import { createSeal } from './seal.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'qs-test-records-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

const values = array(
  json().map((text) => JSON.parse(text) as unknown),
  { minLength: 1, maxLength: 6 },
);

describe('the file of entries', () => {
  test('cut off at any byte, it gives every entry that was whole, and no other', () => {
    assert(
      property(values, integer({ min: 0 }), (entries, at) => {
        const lines = entries.map((entry) => Buffer.from(encodeEntry(entry)));
        const bytes = Buffer.concat(lines);
        const cut = at % (bytes.length + 1);
        const { entries: read, damaged } = decodeEntries(bytes.subarray(0, cut).toString('utf8'));
        let whole = 0;
        let end = 0;
        for (const line of lines) {
          end += line.length;
          // The line feed may be what is missing.
          if (end - 1 <= cut) whole += 1;
        }
        expect(read).toEqual(entries.slice(0, whole));
        expect(damaged).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });

  test('a changed byte costs the entry that it is in, and no other', () => {
    assert(
      property(values, integer({ min: 0 }), integer({ min: 1, max: 127 }), (entries, at, flip) => {
        const bytes = Buffer.from(entries.map(encodeEntry).join(''));
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ flip;
        const { entries: read } = decodeEntries(bytes.toString('utf8'));
        for (const one of read) expect(entries).toContainEqual(one);
        expect(read.length).toBeGreaterThanOrEqual(Math.max(0, entries.length - 2));
      }),
      { numRuns: 500 },
    );
  });

  test('what comes after a line that was cut off is read, and the damaged file is kept', async () => {
    const path = join(directory, 'deep', 'file.jsonl');
    await appendEntry(path, { n: 1 });
    await appendEntry(path, { n: 2 });
    await truncate(path, (await stat(path)).size - 5);
    await appendEntry(path, { n: 3 });
    expect(await readEntries(path)).toEqual({ entries: [{ n: 1 }, { n: 3 }], damaged: 1 });
    expect(await readFile(`${path}.damaged`, 'utf8')).toContain('"v":1');
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  test('no file is an empty one', async () => {
    expect(await readEntries(join(directory, 'none'))).toEqual({ entries: [], damaged: 0 });
  });

  test('foreign text in between is passed over', async () => {
    const path = join(directory, 'file.jsonl');
    await appendEntry(path, 'a');
    await appendFile(path, 'no json\n\n{"v":2}\n');
    await appendEntry(path, 'b');
    expect(await readEntries(path)).toEqual({ entries: ['a', 'b'], damaged: 2 });
  });
});

describe('the seal', () => {
  test('opens what it sealed, hides it, and notices a change', async () => {
    const seal = createSeal(join(directory, 'key'));
    await assert(
      asyncProperty(json(), async (text) => {
        const sealed = await seal.seal(text);
        expect(await seal.open(sealed)).toBe(text);
        if (text.length > 8) expect(sealed).not.toContain(text);
        // The first character of what is sealed: in the last one there may be bits that mean nothing.
        const at = sealed.lastIndexOf('.') + 1;
        const other = sealed[at] === 'A' ? 'B' : 'A';
        await expect(seal.open(`${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`)).rejects.toMatchObject({
          code: 'RELEASE_UNAVAILABLE',
        });
      }),
      { numRuns: 50 },
    );
    expect((await stat(join(directory, 'key'))).mode & 0o077).toBe(0);
  });

  test('another key opens nothing', async () => {
    const sealed = await createSeal(join(directory, 'one')).seal('x');
    await writeFile(join(directory, 'two'), Buffer.alloc(32), { mode: 0o600 });
    await expect(createSeal(join(directory, 'two')).open(sealed)).rejects.toMatchObject({
      code: 'RELEASE_UNAVAILABLE',
    });
  });
});

test('a model comes back as it was, without the environment that nothing reads', () => {
  const own = {
    ...model([service('web', { environment: { A: 'b', N: null } })]),
    secrets: new Map([['s', { name: 's', environment: 'TOKEN' }]]),
    environment: new Map([
      ['TOKEN', 'canary'],
      ['HOME', '/home/me'],
    ]),
  };
  expect(decodeModel(encodeModel(own))).toEqual({ ...own, environment: new Map([['TOKEN', 'canary']]) });
});
