import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Actor, currentActor } from '#engine/actor.ts';
import type { AccessDeed } from '#engine/types.ts';
import { type AccessLog, createAccessLog } from './access-log.ts';
import type { Holder } from './session-book.ts';
import { createSessions, type Sessions } from './sessions.ts';

let written: (AccessDeed & Partial<Actor>)[];
let log: AccessLog;
let sessions: Sessions;

beforeEach(() => {
  vi.useFakeTimers();
  written = [];
  const access = (deed: AccessDeed): Promise<void> => {
    written.push({ ...deed, ...currentActor() });
    return Promise.resolve();
  };
  log = createAccessLog({ access }, () => undefined);
  sessions = createSessions(
    undefined,
    (by, ended) => {
      log.ended(by, ended);
    },
    (ended, why) => {
      log.over(ended, why);
    },
  );
});
afterEach(() => {
  vi.useRealTimers();
});

const holder = (name: string, role: 'viewer' | 'admin', origin: string): Holder => ({
  user: { name, role },
  origin,
  agent: '',
  stamp: name,
});

/** What somebody may do with sessions; undefined = they may see none of that name. */
function endAs(secret: string | undefined, name: string): void {
  const lease = sessions.lease(secret ?? '', () => undefined);
  if (typeof lease !== 'object') throw new Error('no lease');
  const found = lease.caller.sessions?.list().find(({ user }) => user.name === name);
  expect(lease.caller.sessions?.end(found?.id ?? 'none')).toBe(found !== undefined);
}

test('who signs out is told from who is signed out by somebody else', () => {
  const vera = sessions.open(holder('vera', 'viewer', '192.0.2.1'));
  sessions.open(holder('olaf', 'viewer', '192.0.2.2'));
  const mina = sessions.open(holder('mina', 'admin', '192.0.2.3'));
  endAs(vera, 'olaf');
  expect(written).toEqual([]);
  endAs(vera, 'vera');
  endAs(mina, 'olaf');
  expect(written).toEqual([
    { kind: 'sign-out', outcome: 'done', name: 'vera', origin: '192.0.2.1' },
    { kind: 'revoke', outcome: 'done', target: 'olaf', name: 'mina', origin: '192.0.2.3' },
  ]);
});

test('a session that ends by itself is told with the reason, and once', async () => {
  const vera = sessions.open(holder('vera', 'viewer', '192.0.2.1'));
  sessions.open(holder('olaf', 'viewer', '192.0.2.2'));
  sessions.exchange(sessions.issueLink() ?? '', { origin: '127.0.0.1', agent: '' });
  // A page that stays open.
  expect(sessions.lease(vera ?? '', () => undefined)).toBeTypeOf('object');
  await vi.advanceTimersByTimeAsync(30 * 60_000);
  sessions.sweep();
  const left = { kind: 'sign-out', outcome: 'done' };
  expect(written).toMatchObject([
    { ...left, name: 'olaf', origin: '192.0.2.2', summary: expect.stringContaining('30 minutes') as string },
  ]);
  await vi.advanceTimersByTimeAsync(12 * 60 * 60_000);
  sessions.sweep();
  sessions.sweep();
  expect(written.slice(1)).toMatchObject([
    { ...left, name: 'vera', summary: expect.stringContaining('12 hours') as string },
  ]);
  for (let count = 0; count < 9; count += 1) sessions.open(holder('mina', 'admin', '192.0.2.3'));
  expect(written.slice(2)).toMatchObject([
    { ...left, name: 'mina', summary: expect.stringContaining('more than eight') as string },
  ]);
});

test('whose account is another one now is named once; nobody is said to have done it', () => {
  for (const name of ['vera', 'mina']) sessions.open(holder(name, 'viewer', '192.0.2.1'));
  for (const { user } of sessions.sweep(({ user: { name } }) => name === 'vera')) log.changed(user.name);
  expect(written).toMatchObject([{ kind: 'revoke', target: 'vera' }]);
  expect(written[0]?.name).toBeUndefined();
});

test('of many failures thirty are listed, and the others are a number when the quarter of an hour is over', async () => {
  for (let count = 0; count < 100; count += 1) await log.refused('vera', '192.0.2.1');
  expect(written).toHaveLength(30);
  await vi.advanceTimersByTimeAsync(15 * 60_000);
  expect(written).toHaveLength(31);
  expect(written.at(-1)).toMatchObject({
    outcome: 'failed',
    name: '',
    summary: 'Further attempts that failed, not listed one by one: 70.',
  });
  await log.refused('vera', '192.0.2.1');
  expect(written).toHaveLength(32);
});

test('what was not listed is told when the panel ends; then there is nothing more', async () => {
  for (let count = 0; count < 31; count += 1) await log.refused(undefined, '192.0.2.1');
  await log.close();
  await log.close();
  expect(written.slice(30)).toMatchObject([{ summary: 'Further attempts that failed, not listed one by one: 1.' }]);
});

test('where nothing can be written somebody is told, and nobody is kept out', async () => {
  const told: unknown[] = [];
  const full = new Error('the disk is full');
  const broken = createAccessLog({ access: () => Promise.reject(full) }, (error) => told.push(error));
  await broken.entered(holder('vera', 'viewer', '192.0.2.1'));
  expect(told).toEqual([full]);
});
