import { describe, expect, test } from 'vitest';
import { createFakeEngine } from '#testing/fake-engine.ts';
import type { Twist } from '#testing/fake-oidc-provider.ts';
import { createWebHost } from '../web-host.ts';
import { withProvider } from './fixtures/provider-panel.ts';
import { fromElsewhere, visit } from './fixtures/visitor.ts';

const panel = withProvider();

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
    panel.provider.twist = { back };
    const { status, body } = await panel.signIn();
    expect(status).toBe(403);
    expect(body['message']).toContain(words);
    expect(JSON.stringify(body)).not.toContain('<');
  });

  test('with a state that nobody gave, with two, with none or a cut one is refused, and asks nothing of the provider', async () => {
    const { url, key } = await panel.tab.leave();
    const right = panel.provider.agree(url);
    const state = right.searchParams.get('state') ?? '';
    const asked = panel.provider.asked.length;
    for (const query of [
      '',
      '?',
      '?code=c',
      '?code=c&state=',
      '?code=c&state=wrong',
      `?state=${state}&state=${state}`,
      `?state=${state.slice(1)}`,
    ]) {
      expect((await panel.tab.arrive(`/sign-in/callback${query}`)).status).toBe(403);
      expect((await panel.tab.arrive(`/sign-in/callback${query}`, [])).status).toBe(403);
    }
    expect(panel.provider.asked).toHaveLength(asked);
    expect((await panel.tab.finish(key)).status).toBe(409);
    expect((await panel.tab.arrive(right)).status).toBe(200);
  });

  test('a second time is refused, and what came of it is given once', async () => {
    const { url, key } = await panel.tab.leave();
    const back = panel.provider.agree(url);
    expect((await panel.tab.arrive(back)).status).toBe(200);
    const again = await panel.tab.arrive(back);
    expect(again.status).toBe(403);
    expect(again.body).toContain('This sign-in is not under way');
    expect((await panel.tab.finish(key)).status).toBe(200);
    expect((await panel.tab.finish(key)).status).toBe(404);
    expect((await panel.tab.arrive(back)).status).toBe(403);
  });

  test('at once in both hands of somebody, what came of it is given once', async () => {
    const { url, key } = await panel.tab.leave();
    await panel.tab.arrive(panel.provider.agree(url));
    const answers = await Promise.all([panel.tab.finish(key), panel.tab.finish(key), panel.tab.finish(key)]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 404, 404]);
  });

  test('with a code that was used before, or was given for another sign-in, lets nobody in', async () => {
    const first = await panel.tab.leave();
    const back = panel.provider.agree(first.url);
    await panel.tab.arrive(back);
    expect((await panel.tab.finish(first.key)).status).toBe(200);
    for (const code of [
      back.searchParams.get('code'),
      panel.provider.agree((await panel.tab.leave()).url).searchParams.get('code'),
    ]) {
      const { url, key } = await panel.tab.leave();
      const stolen = panel.provider.agree(url);
      stolen.searchParams.set('code', code ?? '');
      await panel.tab.arrive(stolen);
      expect((await panel.tab.finish(key)).body['message']).toBe(
        'Example does not know this sign-in any more (invalid_grant).',
      );
    }
  });

  test('in the tab of somebody else signs nobody in there: only who began it has its key', async () => {
    const attacker = await panel.tab.leave();
    const victim = visit(panel.host.port);
    const page = await victim.arrive(panel.provider.agree(attacker.url));
    expect(page.status).toBe(200);
    expect(page.body).not.toContain(attacker.key);
    expect(page.head).not.toContain('set-cookie');
    for (const key of ['', 'guess', new URL(attacker.url).searchParams.get('state') ?? '']) {
      expect((await victim.finish(key)).status).toBe(404);
    }
  });

  test('under another name of the panel than it was begun is refused', async () => {
    const { url, key } = await panel.tab.leave();
    const other = visit(panel.host.port, 'localhost');
    expect((await other.arrive(panel.provider.agree(url))).status).toBe(403);
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
    const back = panel.provider.agree((await panel.tab.leave()).url);
    expect((await panel.tab.arrive(path(back.search), headers)).status).toBe(403);
    expect((await panel.tab.arrive(back)).status).toBe(200);
  });

  test('lets in whom a provider on a sibling of this host sends, and an old browser that says nothing', async () => {
    const sibling = ['Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'];
    expect((await panel.tab.arrive(panel.provider.agree((await panel.tab.leave()).url), sibling)).status).toBe(200);
    expect((await panel.tab.arrive(panel.provider.agree((await panel.tab.leave()).url), [])).status).toBe(200);
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
    const { searchParams } = new URL((await panel.tab.leave()).url);
    expect(searchParams.get('redirect_uri')).toBe(`http://127.0.0.1:${panel.host.port}/sign-in/callback`);
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(searchParams.get('response_type')).toBe('code');
    for (const body of [{ redirect_uri: 'https://evil.example' }, { next: '//evil.example' }, [], 'x', null]) {
      expect((await panel.tab.post('/sign-in/provider', body)).status).toBe(400);
    }
    expect((await panel.tab.post('/sign-in/provider?next=https://evil.example', {})).status).toBe(405);
  });

  test('the page that is come back to goes to the panel itself, whatever its address says', async () => {
    const { url } = await panel.tab.leave();
    const back = panel.provider.agree(url);
    for (const name of ['next', 'url', 'redirect', 'return_to'])
      back.searchParams.set(name, 'https://evil.example/"><script>');
    const { body, head } = await panel.tab.arrive(back);
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
    panel.provider.twist = { metadata: { authorization_endpoint: address } };
    const { status, body } = await panel.tab.post('/sign-in/provider', {});
    expect(status).toBe(403);
    expect(body['url']).toBeUndefined();
  });
});
