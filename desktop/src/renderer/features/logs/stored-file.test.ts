import { expect, onTestFinished, test, vi } from 'vitest';
import { openSink } from './export-file.ts';
import { forgetStored, storedFile } from './stored-file.ts';

interface Kept {
  size: number;
  lastModified: number;
  /** Being written or read. */
  locked: boolean;
}

/** A browser's storage with so much room, which notes sizes only. */
function browser(quota: number, usage = 0, writes = true) {
  const files = new Map<string, Kept>();
  const handleOf = (name: string) => ({
    kind: 'file',
    getFile: () => Promise.resolve(files.get(name)),
    createWritable() {
      if (!writes) return Promise.reject(new TypeError('createWritable is not a function'));
      const kept = { size: 0, lastModified: Date.now(), locked: true };
      files.set(name, kept);
      return Promise.resolve({
        write: (part: Uint8Array) => Promise.resolve(void (kept.size += part.length)),
        close: () => Promise.resolve(void Object.assign(kept, { locked: false, lastModified: Date.now() })),
        abort: () => Promise.reject(new Error('It has ended already.')),
      });
    },
  });
  const folder = {
    async *entries() {
      for (const name of [...files.keys()]) yield await Promise.resolve([name, handleOf(name)]);
    },
    getFileHandle(name: string) {
      files.set(name, { size: 0, lastModified: Date.now(), locked: false });
      return Promise.resolve(handleOf(name));
    },
    removeEntry: (name: string) =>
      files.get(name)?.locked === true
        ? Promise.reject(new Error('It is locked.'))
        : Promise.resolve(files.delete(name)),
  };
  const storage = {
    getDirectory: () => Promise.resolve({ getDirectoryHandle: () => Promise.resolve(folder) }),
    estimate: () => Promise.resolve({ quota, usage }),
  };
  return { files, navigator: { storage } as unknown as Navigator };
}

const mega = 1024 * 1024;

test('a file may be larger than memory, goes when the browser has had the time to copy it, and not while it is used', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { files, navigator } = browser(1000 * mega, 100 * mega);
  const file = await storedFile('lines', 256 * mega, navigator);
  expect(file?.most).toBe(810 * mega);
  const other = await storedFile('other', 256 * mega, navigator);
  for (let n = 0; n < 40; n += 1) await file?.write(new Uint8Array(10 * mega));
  expect(await file?.close()).toMatchObject({ size: 400 * mega });
  await vi.advanceTimersByTimeAsync(9 * 60_000);
  await forgetStored(navigator);
  expect(files.size).toBe(2);
  await vi.advanceTimersByTimeAsync(2 * 60_000);
  expect([...files.values()].map(({ locked }) => locked)).toEqual([true]);
  await other?.close();
  vi.setSystemTime(Date.now() + 10 * 60_000);
  await forgetStored(navigator);
  expect(files.size).toBe(0);
});

test('nothing is left of a file that is given up, and where there is less room than in memory there is none', async () => {
  const { files, navigator } = browser(1000 * mega);
  const file = await storedFile('lines', 256 * mega, navigator);
  for (const kept of files.values()) kept.locked = false;
  await file?.abort();
  expect(files.size).toBe(0);
  expect(await storedFile('lines', 256 * mega, browser(256 * mega).navigator)).toBeUndefined();
  expect(await storedFile('lines', 256 * mega, {} as Navigator)).toBeUndefined();
  await forgetStored({} as Navigator);
});

test('where a browser has the storage and cannot write to it, there is none, and nothing is left in it', async () => {
  const { files, navigator } = browser(1000 * mega, 0, false);
  expect(await storedFile('lines', 256 * mega, navigator)).toBeUndefined();
  expect(files.size).toBe(0);
});

test.each<[size: 'few' | 'open' | 'many', place: string, otherwise: string, room?: number]>([
  ['few', 'disk', 'disk'],
  ['open', 'disk', 'disk'],
  ['many', 'asks', 'disk'],
  ['few', 'memory', 'memory', 0],
  ['open', 'asks', 'memory', 0],
  ['many', 'asks', 'memory', 0],
])(
  'an export of %s lines goes to: %s; %s where a file cannot be asked for',
  async (size, place, otherwise, room = 1000 * mega) => {
    const { files, navigator: from } = browser(room);
    let asked = 0;
    const pick = (): Promise<never> => {
      asked += 1;
      return Promise.reject(new DOMException('It was closed.', 'AbortError'));
    };
    const placeOf = async (ways: Parameters<typeof openSink>[2]): Promise<string> => {
      files.clear();
      asked = 0;
      const sink = await openSink({ format: 'ndjson', size }, 'lines', ways);
      if (sink === undefined) return asked === 1 ? 'asks' : 'nowhere';
      return files.size > 0 ? 'disk' : 'memory';
    };
    expect(await placeOf({ pick, from })).toBe(place);
    expect(await placeOf({ pick: undefined, from })).toBe(otherwise);
  },
);
