import { randomBytes } from 'node:crypto';
import { homedir, hostname, userInfo } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { QuaysideError } from '#contract/index.ts';
import { onBehalfOf } from '#engine/actor.ts';
import { connect, type DockerGateway, resolveEndpoint } from '#engine/docker/index.ts';
import type { Lock } from '#engine/stack/index.ts';
import { acquireLock, readLock } from './lock.ts';

const request = {
  project: `qs-test-lock-${randomBytes(4).toString('hex')}`,
  operation: '0',
  why: 'a test',
  breakStale: false,
};
let gateway: DockerGateway;

beforeAll(async () => {
  gateway = connect(await resolveEndpoint({ env: process.env, home: homedir(), platform: process.platform }));
});

afterAll(() => {
  gateway.dispose();
});

const codeOf = (error: unknown): unknown => (error instanceof QuaysideError ? error.code : error);

test('of many who want the lock at once one gets it, and all others are told who has it', async () => {
  for (let round = 0; round < 5; round += 1) {
    const tries = Array.from({ length: 12 }, () => acquireLock(gateway, request));
    const ended = await Promise.allSettled(tries);
    const locks = ended.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
    const refused = ended.flatMap((end) => (end.status === 'rejected' ? [codeOf(end.reason)] : []));
    await Promise.all(locks.map((lock) => lock.release()));
    expect(locks).toHaveLength(1);
    expect(new Set(refused)).toEqual(new Set(['RELEASE_LOCKED']));
  }
  expect(await readLock(gateway, request.project)).toBeUndefined();
});

/** The engine as it is while it makes the container that is the lock: its name is taken, and it cannot be looked at. */
function unseen(times: number): DockerGateway {
  let left = times;
  const inspect: DockerGateway['containers']['inspect'] = async (id) => {
    if (left > 0) {
      left -= 1;
      throw new QuaysideError('ENGINE_NOT_FOUND', `No such container: ${id}`);
    }
    return gateway.containers.inspect(id);
  };
  return { ...gateway, containers: { ...gateway.containers, inspect } };
}

test('a lock whose holder cannot be seen yet is looked at again', async () => {
  const lock: Lock = await acquireLock(gateway, request);
  try {
    const second = acquireLock(unseen(3), request).catch(codeOf);
    expect(await second).toBe('RELEASE_LOCKED');
  } finally {
    await lock.release();
  }
});

test('whoever is kept out is told which user of a shared panel has the lock, and by which account', async () => {
  const lock = await onBehalfOf({ name: 'mina', origin: '192.0.2.7' }, () => acquireLock(gateway, request));
  try {
    const who = `mina via ${userInfo().username}`;
    await expect(acquireLock(gateway, request)).rejects.toMatchObject({
      message: expect.stringContaining(`is locked: ${who} on ${hostname()}, a test`) as string,
      details: { actor: who },
    });
  } finally {
    await lock.release();
  }
});
