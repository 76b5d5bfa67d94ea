import { expect, test } from 'vitest';
import { MemorySessions } from './memory-sessions.ts';
import type { Session } from './ports.ts';

const session = (id: string, text = 'tent'): Session => ({
  id,
  text,
  filter: {},
  shown: [],
  focus: undefined,
  history: [],
});

function sessions(capacity = 10) {
  const clock = { now: 0 };
  const store = new MemorySessions({ capacity, idleMs: 1000 }, () => clock.now);
  return { store, clock };
}

test('a session is forgotten when it was not used for its time, and not before', async () => {
  const { store, clock } = sessions();
  await store.save(session('a'));
  clock.now = 999;
  expect(await store.get('a')).toEqual(session('a'));
  clock.now = 1000;
  expect(await store.get('a')).toBeUndefined();
});

test('saving it again makes it new and keeps what was saved last', async () => {
  const { store, clock } = sessions();
  await store.save(session('a'));
  clock.now = 900;
  await store.save(session('a', 'lamp'));
  clock.now = 1800;
  expect(await store.get('a')).toEqual(session('a', 'lamp'));
});

test('when there are too many, the one longest unused goes', async () => {
  const { store } = sessions(2);
  for (const id of ['a', 'b', 'a', 'c']) await store.save(session(id));
  expect(await Promise.all(['a', 'b', 'c'].map(async (id) => (await store.get(id))?.id))).toEqual([
    'a',
    undefined,
    'c',
  ]);
});
