import { expect, test } from 'vitest';
import type { ActivityEntry } from '#contract/index.ts';
import { speak } from '#words/index.ts';
import { deedLook, deedsOf, deedWords, isFound, whoWords } from './deeds.ts';

await speak('en');

function entry(seq: number, phase: 'began' | 'ended', more: Partial<ActivityEntry> = {}): ActivityEntry {
  return {
    seq,
    phase,
    at: `2026-03-04T10:00:0${seq}.000Z`,
    actor: 'mina@laptop',
    via: 'cli',
    kind: 'deploy',
    operation: 'a',
    engine: 'unix:///var/run/docker.sock',
    project: 'shop',
    environment: 'production',
    services: [],
    ...more,
  };
}

test('both lines of an operation are one deed; one without an end stays', () => {
  const open = entry(3, 'began', { operation: 'b' });
  const deeds = deedsOf([open, entry(2, 'ended', { outcome: 'done' }), entry(1, 'began')]);
  expect(deeds.map(({ entry: { seq }, at }) => [seq, at])).toEqual([
    [3, open.at],
    [2, entry(1, 'began').at],
  ]);
  expect(deedLook(open, 'b').word).toBe('Running');
  expect(deedLook(open, undefined).word).toBe('End not known');
});

test('entries that are no operation are not taken for one', () => {
  const looks = [
    entry(2, 'ended', { operation: '', kind: 'reveal' }),
    entry(1, 'ended', { operation: '', kind: 'reveal' }),
  ];
  expect(deedsOf(looks)).toHaveLength(2);
});

test('a deed is named by what was asked for, and found by it, by who and by how it ended', () => {
  const back = entry(1, 'ended', { kind: 'rollback', target: '1.4.1', outcome: 'restored' });
  expect(deedWords(back)).toBe('Roll back to 1.4.1');
  expect(deedWords(entry(1, 'began', { kind: 'stop', services: ['web', 'api'] }))).toBe('Stop web, api');
  const agreed = entry(1, 'began', { kind: 'up', risks: ['services.web.privileged'] });
  expect(deedWords(agreed)).toBe('Start, after agreeing to services.web.privileged');
  const [deed] = deedsOf([back]);
  for (const text of ['BACK to', 'mina', 'restored', 'production']) expect(deed && isFound(deed, text)).toBe(true);
  expect(deed && isFound(deed, 'nothing of it')).toBe(false);
});

test('who came and went is named, and so is that nobody knows who tried', () => {
  const of = { operation: '', project: '', environment: '' } as const;
  const failed = entry(1, 'ended', { ...of, kind: 'sign-in', actor: '', outcome: 'failed' });
  expect([deedWords(failed), whoWords(failed), deedLook(failed, undefined).word]).toEqual([
    'Sign in',
    'Somebody unknown',
    'Failed',
  ]);
  expect(deedWords(entry(1, 'ended', { ...of, kind: 'revoke', target: 'vera' }))).toBe('Sign out vera');
  const [deed] = deedsOf([failed]);
  expect(deed && isFound(deed, 'unknown')).toBe(true);
});
