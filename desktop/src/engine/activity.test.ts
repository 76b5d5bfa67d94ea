import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createActivity } from './activity.ts';
import { onBehalfOf } from './actor.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qs-test-actor-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('what is done on behalf of somebody names them and where they came from, also what is done much later', async () => {
  const activity = createActivity({ env: { QUAYSIDE_STATE_DIR: folder }, hostKind: 'web' });
  const where = { engine: '', project: 'shop', environment: 'production' };
  const later = async (): Promise<void> => {
    await nextTurn();
    await activity.note('configure', where);
  };
  const pending = onBehalfOf({ name: 'olaf', origin: '192.0.2.7' }, later);
  await activity.note('recover', where);
  await pending;
  await onBehalfOf({ name: 'mina' }, () => activity.note('reveal', where));
  await onBehalfOf({ name: '', origin: '192.0.2.9' }, () => activity.access({ kind: 'sign-in', outcome: 'failed' }));
  await onBehalfOf({ name: 'mina' }, () => activity.access({ kind: 'revoke', outcome: 'done', target: 'olaf' }));
  const { entries } = await activity.list({});
  expect((await activity.list({ project: 'shop' })).entries).toHaveLength(3);
  const own = `${userInfo().username}@${hostname()}`;
  expect(Object.fromEntries(entries.map(({ kind, actor, origin }) => [kind, [actor, origin]]))).toEqual({
    configure: ['olaf', '192.0.2.7'],
    recover: [own, undefined],
    reveal: ['mina', undefined],
    'sign-in': ['', '192.0.2.9'],
    revoke: ['mina', undefined],
  });
});
