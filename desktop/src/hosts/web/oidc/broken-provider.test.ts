import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { Twist } from '#testing/fake-oidc-provider.ts';
import { signInAs } from '#testing/users-file.ts';
import { withProvider } from './fixtures/provider-panel.ts';
import { visit } from './fixtures/visitor.ts';

const panel = withProvider();

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
    const both = await panel.serve({}, panel.users);
    panel.provider.twist = twist;
    const { status: told, body } = await visit(both.port).post('/sign-in/provider', {});
    expect(told).toBe(502);
    expect(body).toEqual({
      message: expect.stringContaining('Example does not answer as it should') as string,
      remedy: expect.stringContaining('password') as string,
    });
    expect(panel.troubles.join()).toContain('Example');
    panel.provider.twist = {};
    expect((await panel.signIn(visit(both.port))).status).toBe(200);
    await both.close();
  });

  test('that is down leaves local accounts working', async () => {
    const both = await panel.serve({}, panel.users);
    panel.provider.twist = at('/', status(503));
    expect((await visit(both.port).post('/sign-in/provider', {})).status).toBe(502);
    expect(await signInAs(`http://127.0.0.1:${both.port}`, 'vera')).toEqual(expect.any(String));
    await both.close();
  });

  test.each([
    ['code', '/token'],
    ['keys', '/keys'],
  ])('that breaks down when the %s are asked for lets nobody in', async (_name, path) => {
    panel.provider.twist = at(path, status(500));
    expect(await panel.signIn()).toMatchObject({ status: 502 });
  });

  test.each([
    ['another name', 'https://another.example'],
    ['a slash more', undefined],
  ])('that calls itself by %s is not gone to', async (_name, issuer) => {
    panel.provider.twist = { metadata: { issuer: issuer ?? `${panel.provider.issuer}/` } };
    const { status: told, body } = await panel.tab.post('/sign-in/provider', {});
    expect(told).toBe(502);
    expect(body['message']).toBe(`Example calls itself by another name than ${panel.provider.issuer}.`);
  });

  test('that refuses the secret is told as that, and the secret is nowhere in it', async () => {
    const wrong = await panel.serve({ client_secret: 'a wrong secret' });
    const answer = await panel.signIn(visit(wrong.port));
    expect(answer).toMatchObject({ status: 502, body: { message: 'Example does not know this panel.' } });
    expect(JSON.stringify([answer, panel.troubles])).not.toContain('wrong secret');
    await wrong.close();
  });

  test('is not asked for more than thirty sign-ins from an address in ten minutes', async () => {
    for (let count = 0; count < 30; count += 1) await panel.tab.leave();
    expect((await panel.tab.post('/sign-in/provider', {})).status).toBe(429);
  });
});
