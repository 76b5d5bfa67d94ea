import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { currentActor } from '#engine/actor.ts';
import { createFakeEngine } from '#testing/fake-engine.ts';
import {
  clientSecret,
  type FakeProvider,
  startFakeProvider,
  type Twist,
  writeOidcFile,
} from '#testing/fake-oidc-provider.ts';
import { clientOver, openSocket } from '#testing/panel-socket.ts';
import { signInAs, withUser } from '#testing/users-file.ts';
import { createWebHost, type WebHost } from '../web-host.ts';
import { type Answer, fromElsewhere, type Visitor, visit } from './fixtures/visitor.ts';

let folder: string;
let provider: FakeProvider;
let host: WebHost;
let tab: Visitor;
const troubles: string[] = [];
/** What the activity log was told. */
const written: object[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'qs-test-oidc-'));
  provider = await startFakeProvider();
  await withUser(join(folder, 'users.json'), 'vera', 'viewer');
}, 60_000);
afterAll(async () => {
  await provider.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  provider.twist = {};
  provider.asked.length = 0;
  troubles.length = 0;
  written.length = 0;
  host = await serve({});
  tab = visit(host.port);
});
afterEach(() => host.close());

/** A panel of its own, as it keeps what it once learned of its provider. */
async function serve(over: Record<string, unknown>, users?: string): Promise<WebHost> {
  const oidc = join(folder, 'oidc.json');
  writeOidcFile(oidc, provider.issuer, over);
  const onTrouble = (sentence: string): void => void troubles.push(sentence);
  const engine = createFakeEngine();
  vi.spyOn(engine.activity, 'access').mockImplementation((deed) => {
    written.push({ ...deed, ...currentActor() });
    return Promise.resolve();
  });
  return createWebHost({ engine, port: 0, staticDir: '/nowhere', oidc, users, onTrouble });
}

/** The whole way, with a browser that does what it is told. */
async function signIn(by = tab): Promise<Answer> {
  const { url, key } = await by.leave();
  expect((await by.arrive(provider.agree(url))).status).toBe(200);
  return by.finish(key);
}

async function userOf({ body }: Answer, port = host.port): Promise<{ name: string; role: string }> {
  const socket = await openSocket(`http://127.0.0.1:${port}`, String(body['session']));
  const { user } = await clientOver(socket).system.hello();
  socket.terminate();
  return user;
}

describe('whoever is let in', () => {
  test('gets a session under the name and the role that the provider stands for', async () => {
    const answer = await signIn();
    expect(answer.status).toBe(200);
    expect(await userOf(answer)).toEqual({ name: 'mina (Example)', role: 'operator' });
    expect(troubles).toEqual([]);
  });

  test('is told at the door where to sign in, and no link is printed', async () => {
    const ways = await (await fetch(`http://127.0.0.1:${host.port}/sign-in`)).json();
    expect(ways).toEqual({ how: 'provider', provider: 'Example' });
    expect(host.link()).toBe(`http://127.0.0.1:${host.port}/`);
  });

  test('also gets in where the provider takes the secret of the panel in a header only', async () => {
    provider.twist = { metadata: { token_endpoint_auth_methods_supported: ['client_secret_basic'] } };
    expect((await signIn()).status).toBe(200);
  });

  test('is written down, and so is who was not let in and why, without a word of what travelled', async () => {
    await signIn();
    provider.twist = { claims: { groups: ['sales'] } };
    await signIn();
    provider.twist = { instead: ['/token', (response) => response.writeHead(503).end()] };
    await signIn();
    const origin = '127.0.0.1';
    expect(written).toEqual([
      { kind: 'sign-in', outcome: 'done', name: 'mina (Example)', origin },
      {
        kind: 'sign-in',
        outcome: 'failed',
        name: '',
        origin,
        summary: expect.stringMatching(/^Example knows you as mina, but nothing/) as string,
      },
    ]);
  });

  test('may be known by their email address, unless the provider says that it is not verified', async () => {
    const byEmail = await serve({
      user_name_claim: 'email',
      claim: 'email',
      mapping: { 'mina@shop.example': 'viewer' },
    });
    const visitor = visit(byEmail.port);
    provider.twist = { claims: { email: 'mina@shop.example', email_verified: false } };
    expect((await signIn(visitor)).body['message']).toBe('Example has not checked your email address.');
    provider.twist = { claims: { email: 'mina@shop.example', email_verified: true } };
    expect(await userOf(await signIn(visitor), byEmail.port)).toEqual({
      name: 'mina@shop.example (Example)',
      role: 'viewer',
    });
    await byEmail.close();
  });

  test('may have their groups within another claim', async () => {
    const nested = await serve({ claim: ['realm_access', 'roles'] });
    provider.twist = { claims: { groups: undefined, realm_access: { roles: ['board'] } } };
    expect(await userOf(await signIn(visit(nested.port)), nested.port)).toMatchObject({ role: 'viewer' });
    await nested.close();
  });

  test('has the highest role of those that are meant for them', async () => {
    provider.twist = { claims: { groups: ['board', 'platform', 'unknown', 7, 'ops'] } };
    expect(await userOf(await signIn())).toMatchObject({ role: 'admin' });
  });

  test('may sign in beside local accounts, who stay who they are', async () => {
    const both = await serve({}, join(folder, 'users.json'));
    const origin = `http://127.0.0.1:${both.port}`;
    expect(await (await fetch(`${origin}/sign-in`)).json()).toEqual({ how: 'password', provider: 'Example' });
    expect(await userOf(await signIn(visit(both.port)), both.port)).toMatchObject({ name: 'mina (Example)' });
    expect(await signInAs(origin, 'vera')).toEqual(expect.any(String));
    await both.close();
  });

  test('sees and ends sessions of their own alone, also where somebody else is called the same', async () => {
    const one = await signIn();
    provider.twist = { claims: { sub: 'person-2' } };
    const other = await signIn();
    const socket = await openSocket(`http://127.0.0.1:${host.port}`, String(one.body['session']));
    expect(await clientOver(socket).sessions.list()).toHaveLength(1);
    socket.terminate();
    expect(await userOf(other)).toMatchObject({ name: 'mina (Example)' });
  });
});

describe('an ID token', () => {
  const hours = (count: number): number => Math.floor(Date.now() / 1000) + count * 3600;
  const hmac = (claims: JWTPayload, secret: string): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
  const every = { metadata: { id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'] } };

  test.each<[string, Twist]>([
    ['for another sign-in (nonce)', { claims: { nonce: 'another' } }],
    ['without a nonce', { claims: { nonce: undefined } }],
    ['for another client (audience)', { claims: { aud: 'another' } }],
    ['for several clients', { claims: { aud: ['quayside-panel', 'another'] } }],
    ['for several clients, given to another', { claims: { aud: ['quayside-panel', 'another'], azp: 'another' } }],
    ['of another issuer', { claims: { iss: 'https://another.example' } }],
    ['that has expired', { claims: { exp: hours(-1) } }],
    ['that is not valid yet', { claims: { nbf: hours(1) } }],
    ['without an end', { claims: { exp: undefined } }],
    ['without a subject', { claims: { sub: undefined } }],
    ['without a signature', { sign: (claims) => new UnsecuredJWT(claims).encode() }],
    [
      'without a signature, which the provider allows',
      { ...every, sign: (claims) => new UnsecuredJWT(claims).encode() },
    ],
    [
      'signed by a foreign key under the name of the right one',
      { sign: (claims, { signForeign }) => signForeign(claims) },
    ],
    ['signed with the public key as a secret', { ...every, sign: (claims, { publicKey }) => hmac(claims, publicKey) }],
    ['signed with the secret of the panel', { ...every, sign: (claims) => hmac(claims, clientSecret) }],
    ['that is missing', { sign: () => '' }],
  ])('%s lets nobody in', async (_name, twist) => {
    provider.twist = twist;
    const { status, body } = await signIn();
    expect(status).toBe(403);
    expect(body).toEqual({
      message: expect.stringContaining('cannot be trusted') as string,
      remedy: expect.any(String) as string,
    });
    expect(troubles).toHaveLength(1);
  });

  test('of the issuer in another spelling, and one that is none, let nobody in', async () => {
    provider.twist = { claims: { iss: `${provider.issuer}/` } };
    expect(await signIn()).toMatchObject({ status: 403 });
    provider.twist = { sign: () => 'a.b.c' };
    expect(await signIn()).toMatchObject({ status: 502 });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['no groups', { groups: undefined }, 'nothing that it says of you has a role here'],
    ['none of the groups that have a role', { groups: ['sales', 'OPS', ' ops'] }, 'has a role here'],
    ['groups that are no list of texts', { groups: { ops: true } }, 'has a role here'],
    ['a group with the name of something built in', { groups: ['constructor', '__proto__'] }, 'has a role here'],
    ['no name', { preferred_username: undefined }, 'what you are called'],
    ['a name that is no text', { preferred_username: 7 }, 'what you are called'],
    ['a name that turns text around', { preferred_username: 'mina\u202Enimda' }, 'what you are called'],
    ['a name of many lines', { preferred_username: 'mina\nadmin' }, 'what you are called'],
    ['a name without end', { preferred_username: 'm'.repeat(101) }, 'what you are called'],
  ])('with %s lets nobody in, and says why', async (_name, claims, words) => {
    provider.twist = { claims };
    const { status, body } = await signIn();
    expect(status).toBe(403);
    expect(body['message']).toContain(words);
  });
});

describe('coming back', () => {
  test.each<[string, NonNullable<Twist['back']>, string]>([
    ['from another issuer (mix-up)', { iss: 'https://another.example' }, 'cannot be trusted'],
    ['without the issuer that was promised', { iss: undefined }, 'cannot be trusted'],
    ['with a code that was never given', { code: 'made-up' }, 'does not know this sign-in any more'],
    ['without a code', { code: undefined }, 'cannot be trusted'],
    [
      'with a refusal',
      { code: undefined, error: 'access_denied', error_description: '<b>x' },
      'did not let you in (access_denied)',
    ],
    ['with a refusal in words of its own', { code: undefined, error: '<script>' }, 'did not let you in (an error)'],
  ])('%s lets nobody in', async (_name, back, words) => {
    provider.twist = { back };
    const { status, body } = await signIn();
    expect(status).toBe(403);
    expect(body['message']).toContain(words);
    expect(JSON.stringify(body)).not.toContain('<');
  });

  test('with a state that nobody gave, with two, with none or a cut one is refused, and asks nothing of the provider', async () => {
    const { url, key } = await tab.leave();
    const right = provider.agree(url);
    const state = right.searchParams.get('state') ?? '';
    const asked = provider.asked.length;
    for (const query of [
      '',
      '?',
      '?code=c',
      '?code=c&state=',
      '?code=c&state=wrong',
      `?state=${state}&state=${state}`,
      `?state=${state.slice(1)}`,
    ]) {
      expect((await tab.arrive(`/sign-in/callback${query}`)).status).toBe(403);
      expect((await tab.arrive(`/sign-in/callback${query}`, [])).status).toBe(403);
    }
    expect(provider.asked).toHaveLength(asked);
    expect((await tab.finish(key)).status).toBe(409);
    expect((await tab.arrive(right)).status).toBe(200);
  });

  test('a second time is refused, and what came of it is given once', async () => {
    const { url, key } = await tab.leave();
    const back = provider.agree(url);
    expect((await tab.arrive(back)).status).toBe(200);
    const again = await tab.arrive(back);
    expect(again.status).toBe(403);
    expect(again.body).toContain('This sign-in is not under way');
    expect((await tab.finish(key)).status).toBe(200);
    expect((await tab.finish(key)).status).toBe(404);
    expect((await tab.arrive(back)).status).toBe(403);
  });

  test('at once in both hands of somebody, what came of it is given once', async () => {
    const { url, key } = await tab.leave();
    await tab.arrive(provider.agree(url));
    const answers = await Promise.all([tab.finish(key), tab.finish(key), tab.finish(key)]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 404, 404]);
  });

  test('with a code that was used before, or was given for another sign-in, lets nobody in', async () => {
    const first = await tab.leave();
    const back = provider.agree(first.url);
    await tab.arrive(back);
    expect((await tab.finish(first.key)).status).toBe(200);
    for (const code of [
      back.searchParams.get('code'),
      provider.agree((await tab.leave()).url).searchParams.get('code'),
    ]) {
      const { url, key } = await tab.leave();
      const stolen = provider.agree(url);
      stolen.searchParams.set('code', code ?? '');
      await tab.arrive(stolen);
      expect((await tab.finish(key)).body['message']).toBe(
        'Example does not know this sign-in any more (invalid_grant).',
      );
    }
  });

  test('in the tab of somebody else signs nobody in there: only who began it has its key', async () => {
    const attacker = await tab.leave();
    const victim = visit(host.port);
    const page = await victim.arrive(provider.agree(attacker.url));
    expect(page.status).toBe(200);
    expect(page.body).not.toContain(attacker.key);
    expect(page.head).not.toContain('set-cookie');
    for (const key of ['', 'guess', new URL(attacker.url).searchParams.get('state') ?? '']) {
      expect((await victim.finish(key)).status).toBe(404);
    }
  });

  test('under another name of the panel than it was begun is refused', async () => {
    const { url, key } = await tab.leave();
    const other = visit(host.port, 'localhost');
    expect((await other.arrive(provider.agree(url))).status).toBe(403);
    expect((await other.finish(key)).status).toBe(404);
  });
});

describe('the guard', () => {
  const site = ['Sec-Fetch-Site: cross-site'];
  test.each<[string, (right: string) => string, readonly string[] | undefined]>([
    ['the page of the panel', () => '/', undefined],
    ['the door', (right) => `/sign-in${right}`, undefined],
    ['the beginning', (right) => `/sign-in/provider${right}`, undefined],
    ['the end', (right) => `/sign-in/finish${right}`, undefined],
    ['a path below', (right) => `/sign-in/callback/${right}`, undefined],
    ['another spelling', (right) => `/sign-in/%63allback${right}`, undefined],
    ['capitals', (right) => `/sign-in/Callback${right}`, undefined],
    [
      'a script',
      (right) => `/sign-in/callback${right}`,
      [...site, 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: script'],
    ],
    ['a fetch', (right) => `/sign-in/callback${right}`, [...site, 'Sec-Fetch-Mode: cors', 'Sec-Fetch-Dest: empty']],
    [
      'a frame',
      (right) => `/sign-in/callback${right}`,
      [...site, 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe'],
    ],
    ['another Origin', (right) => `/sign-in/callback${right}`, [...fromElsewhere, 'Origin: https://evil.example']],
    ['no word of what it is', (right) => `/sign-in/callback${right}`, site],
  ])('does not let another site in to it as %s, with a state that is awaited', async (_name, path, headers) => {
    const back = provider.agree((await tab.leave()).url);
    expect((await tab.arrive(path(back.search), headers)).status).toBe(403);
    expect((await tab.arrive(back)).status).toBe(200);
  });

  test('lets in whom a provider on a sibling of this host sends, and an old browser that says nothing', async () => {
    const sibling = ['Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'];
    expect((await tab.arrive(provider.agree((await tab.leave()).url), sibling)).status).toBe(200);
    expect((await tab.arrive(provider.agree((await tab.leave()).url), [])).status).toBe(200);
  });

  test('is as it was on a panel without a provider', async () => {
    const bare = await createWebHost({ engine: createFakeEngine(), port: 0, staticDir: '/nowhere' });
    expect((await visit(bare.port).arrive('/sign-in/callback?state=s')).status).toBe(403);
    expect((await visit(bare.port).post('/sign-in/provider', {})).status).toBe(405);
    await bare.close();
  });
});

describe('nothing leads elsewhere', () => {
  test('the provider is told to come back to this panel, whatever a request asks for', async () => {
    const { searchParams } = new URL((await tab.leave()).url);
    expect(searchParams.get('redirect_uri')).toBe(`http://127.0.0.1:${host.port}/sign-in/callback`);
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(searchParams.get('response_type')).toBe('code');
    for (const body of [{ redirect_uri: 'https://evil.example' }, { next: '//evil.example' }, [], 'x', null]) {
      expect((await tab.post('/sign-in/provider', body)).status).toBe(400);
    }
    expect((await tab.post('/sign-in/provider?next=https://evil.example', {})).status).toBe(405);
  });

  test('the page that is come back to goes to the panel itself, whatever its address says', async () => {
    const { url } = await tab.leave();
    const back = provider.agree(url);
    for (const name of ['next', 'url', 'redirect', 'return_to'])
      back.searchParams.set(name, 'https://evil.example/"><script>');
    const { body, head } = await tab.arrive(back);
    expect(body).toContain('<meta http-equiv="refresh" content="0; url=/">');
    expect(body).not.toContain('evil');
    expect(head).not.toContain('location:');
    expect(head).toContain("script-src 'self'");
    expect(head).toContain('cache-control: no-store');
  });

  test.each([
    ['a script', 'javascript:alert(1)'],
    ['plain HTTP', 'http://127.0.0.1:1/authorize'],
    ['no address', 'authorize'],
    ['nothing', undefined],
  ])('a provider whose sign-in page is %s is not gone to', async (_name, address) => {
    provider.twist = { metadata: { authorization_endpoint: address } };
    const { status, body } = await tab.post('/sign-in/provider', {});
    expect(status).toBe(403);
    expect(body['url']).toBeUndefined();
  });
});

describe('a provider', () => {
  const at = (path: string, answer: (response: ServerResponse) => void): Twist => ({ instead: [path, answer] });
  const status =
    (code: number, headers: Record<string, string> = {}) =>
    (response: ServerResponse): void =>
      void response.writeHead(code, headers).end();
  const large = (response: ServerResponse): void => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(`{"issuer":"${'x'.repeat(300 * 1024)}"}`);
  };
  const discovery = '/.well-known';

  test.each<[string, Twist]>([
    ['is broken', at(discovery, status(500))],
    ['is not there', at(discovery, status(404))],
    ['hangs up', at(discovery, (response) => response.destroy())],
    ['sends elsewhere', at(discovery, status(302, { Location: '/keys' }))],
    [
      'answers with a page',
      at(discovery, (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>')),
    ],
    [
      'answers with half a text',
      at(discovery, (response) => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{')),
    ],
    ['answers without end', at(discovery, large)],
  ])('that %s is told with what can be done, local accounts still work, and it may come back', async (_name, twist) => {
    const both = await serve({}, join(folder, 'users.json'));
    provider.twist = twist;
    const { status: told, body } = await visit(both.port).post('/sign-in/provider', {});
    expect(told).toBe(502);
    expect(body).toEqual({
      message: expect.stringContaining('Example does not answer as it should') as string,
      remedy: expect.stringContaining('password') as string,
    });
    expect(troubles.join()).toContain('Example');
    provider.twist = {};
    expect((await signIn(visit(both.port))).status).toBe(200);
    await both.close();
  });

  test('that is down leaves local accounts working', async () => {
    const both = await serve({}, join(folder, 'users.json'));
    provider.twist = at('/', status(503));
    expect((await visit(both.port).post('/sign-in/provider', {})).status).toBe(502);
    expect(await signInAs(`http://127.0.0.1:${both.port}`, 'vera')).toEqual(expect.any(String));
    await both.close();
  });

  test.each([
    ['code', '/token'],
    ['keys', '/keys'],
  ])('that breaks down when the %s are asked for lets nobody in', async (_name, path) => {
    provider.twist = at(path, status(500));
    expect(await signIn()).toMatchObject({ status: 502 });
  });

  test.each([
    ['another name', 'https://another.example'],
    ['a slash more', undefined],
  ])('that calls itself by %s is not gone to', async (_name, issuer) => {
    provider.twist = { metadata: { issuer: issuer ?? `${provider.issuer}/` } };
    const { status: told, body } = await tab.post('/sign-in/provider', {});
    expect(told).toBe(502);
    expect(body['message']).toBe(`Example calls itself by another name than ${provider.issuer}.`);
  });

  test('that refuses the secret is told as that, and the secret is nowhere in it', async () => {
    const wrong = await serve({ client_secret: 'a wrong secret' });
    const answer = await signIn(visit(wrong.port));
    expect(answer).toMatchObject({ status: 502, body: { message: 'Example does not know this panel.' } });
    expect(JSON.stringify([answer, troubles])).not.toContain('wrong secret');
    await wrong.close();
  });

  test('is not asked for more than thirty sign-ins from an address in ten minutes', async () => {
    for (let count = 0; count < 30; count += 1) await tab.leave();
    expect((await tab.post('/sign-in/provider', {})).status).toBe(429);
  });
});
