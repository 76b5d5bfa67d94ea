import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { type CoreClient, contract, type Role } from '#contract/index.ts';
import { currentActor } from '#engine/actor.ts';
import type { Engine } from '#engine/types.ts';
import { createFakeEngine } from '#testing/fake-engine.ts';
import { clientOver, openSocket } from '#testing/panel-socket.ts';
import { signInAs, withUser } from '#testing/users-file.ts';
import { createWebHost, type WebHost } from './web-host.ts';

/** All that somebody may call who may only look. Another one in here is a decision: it has to change nothing and show no secret. To
 * end one's own session is everybody's right; whose they may end, `sessions` decides. */
const readOnly = [
  'activity.list',
  'activity.verify',
  'activity.watch',
  'builds.get',
  'builds.list',
  'builds.watch',
  'config.show',
  'configuration.backups',
  'configuration.differences',
  'configuration.form',
  'configuration.resolved',
  'configuration.text',
  'configuration.variables',
  'engine.watch',
  'health.watch',
  'logs.check',
  'logs.counts',
  'logs.export',
  'logs.newErrors',
  'logs.read',
  'logs.stream',
  'operation.list',
  'operation.watch',
  'preflight.run',
  'project.environment',
  'project.get',
  'project.others',
  'project.watchOthers',
  'registry.logins',
  'releases.compare',
  'releases.list',
  'releases.remote',
  'releases.verify',
  'sessions.end',
  'sessions.list',
  'settings.watch',
  'stack.get',
  'stack.lastWords',
  'stack.plan',
  'stack.usage',
  'stack.watch',
  'system.hello',
  'system.sentences',
];
const operations = ['operation.cancel', 'operation.start', 'releases.recover'];

interface Leaf {
  readonly path: string;
  readonly role: unknown;
}

/** Every procedure of the contract, found by walking it. */
function leaves(node: object, path: readonly string[] = []): Leaf[] {
  return Object.entries(node).flatMap(([name, value]: [string, object]) => {
    const here = [...path, name];
    if (!('~orpc' in value)) return leaves(value, here);
    const { meta } = value['~orpc'] as { meta: { role?: unknown } };
    return [{ path: here.join('.'), role: meta.role }];
  });
}

const every = leaves(contract);
const paths = every.map(({ path }) => path);

const folder = mkdtempSync(join(tmpdir(), 'qs-test-roles-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const open: { host: WebHost; socket: WebSocket }[] = [];
afterEach(async () => {
  for (const { host, socket } of open.splice(0)) {
    socket.terminate();
    await host.close();
  }
});

/** An engine that notes whatever is called of it, and on whose behalf. */
function noted(target: object, calls: string[], path = ''): object {
  return new Proxy(target, {
    get(from, name, receiver): unknown {
      const value: unknown = Reflect.get(from, name, receiver);
      const here = `${path}${String(name)}`;
      if (typeof value === 'function') {
        return (...args: unknown[]): unknown => {
          calls.push(`${here} by ${currentActor()?.name ?? 'nobody'}`);
          return Reflect.apply(value, from, args);
        };
      }
      return typeof value === 'object' && value !== null ? noted(value, calls, `${here}.`) : value;
    },
  });
}

/** Somebody of that role who has signed in. */
async function connect(role: Role): Promise<{ client: CoreClient; calls: string[] }> {
  const calls: string[] = [];
  const engine = noted(createFakeEngine(), calls) as Engine;
  const users = join(folder, `${role}.json`);
  if (!existsSync(users)) await withUser(users, 'vera', role);
  const host = await createWebHost({ engine, port: 0, staticDir: '/nowhere', users });
  const origin = `http://127.0.0.1:${host.port}`;
  const socket = await openSocket(origin, String(await signInAs(origin, 'vera')));
  open.push({ host, socket });
  calls.length = 0;
  return { client: clientOver(socket), calls };
}

type Call = (input?: unknown) => Promise<unknown>;

function procedureAt(client: CoreClient, path: string): Call {
  let node: unknown = client;
  for (const name of path.split('.')) node = (node as Record<string, unknown>)[name];
  return node as Call;
}

/** What a call was refused with; `answered` where the gate let it through, whatever the answer was. */
async function outcomeOf(client: CoreClient, path: string, input: unknown): Promise<unknown> {
  try {
    await procedureAt(client, path)(input);
    return 'answered';
  } catch (error) {
    return (error as { code?: unknown }).code === 'FORBIDDEN' ? error : 'answered';
  }
}

test('every procedure of the contract declares a role', () => {
  expect(every.length).toBeGreaterThan(40);
  for (const { path, role } of every)
    expect([path, role]).toEqual([path, expect.stringMatching(/^(viewer|operator|admin)$/)]);
});

test('a viewer is refused at every procedure that is not read-only, over the wire, and nothing is asked of the core', async () => {
  const { client, calls } = await connect('viewer');
  for (const path of paths) {
    calls.length = 0;
    const outcome = await outcomeOf(client, path, { environment: 'development' });
    if (readOnly.includes(path)) expect([path, outcome]).toEqual([path, 'answered']);
    else {
      expect([path, outcome]).toEqual([
        path,
        expect.objectContaining({
          code: 'FORBIDDEN',
          message: expect.stringMatching(
            /^This needs the role (operator|admin); vera has the role viewer\.$/,
          ) as string,
          data: { remedy: expect.stringContaining('whoever looks after this panel') as string },
        }),
      ]);
      expect(calls).toEqual([]);
    }
  }
});

test('an operator runs operations and changes nothing else', async () => {
  const { client } = await connect('operator');
  for (const path of paths) {
    const outcome = await outcomeOf(client, path, { environment: 'development' });
    if (readOnly.includes(path) || operations.includes(path)) expect([path, outcome]).toEqual([path, 'answered']);
    else expect([path, outcome]).toEqual([path, expect.objectContaining({ code: 'FORBIDDEN' })]);
  }
});

test('an admin is refused nowhere', async () => {
  const { client } = await connect('admin');
  for (const path of paths) expect([path, await outcomeOf(client, path, {})]).toEqual([path, 'answered']);
});

test.each(['viewer', 'operator'] as const)('no %s sees a secret, wherever an input can ask for one', async (role) => {
  const { client, calls } = await connect(role);
  for (const reveal of [true, 'true', 1, {}]) {
    for (const path of ['config.show', 'configuration.text', 'logs.read', 'logs.stream', 'stack.get']) {
      calls.length = 0;
      const outcome = await outcomeOf(client, path, { environment: 'development', file: '.env', reveal });
      expect([path, outcome]).toEqual([path, expect.objectContaining({ code: 'FORBIDDEN' })]);
      expect(calls).toEqual([]);
    }
  }
  expect(await outcomeOf(client, 'config.show', { environment: 'development', reveal: false })).toBe('answered');
});

test('the core works on behalf of whoever called, and tells them who they are', async () => {
  const { client, calls } = await connect('operator');
  await client.operation.start({ environment: 'development', action: { verb: 'stop' } });
  expect(calls).toEqual(['operations.start by vera']);
  expect((await client.system.hello()).user).toEqual({ name: 'vera', role: 'operator' });
});
