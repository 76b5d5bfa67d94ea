import { describe, expect, test } from 'vitest';
import { clientOver, openSocket } from '#testing/panel-socket.ts';
import { signInAs } from '#testing/users-file.ts';
import { withProvider } from './fixtures/provider-panel.ts';
import { visit } from './fixtures/visitor.ts';

const panel = withProvider();

describe('whoever is let in', () => {
  test('gets a session under the name and the role that the provider stands for', async () => {
    const answer = await panel.signIn();
    expect(answer.status).toBe(200);
    expect(await panel.userOf(answer)).toEqual({ name: 'mina (Example)', role: 'operator' });
    expect(panel.troubles).toEqual([]);
  });

  test('is told at the door where to sign in, and no link is printed', async () => {
    const ways = await (await fetch(`http://127.0.0.1:${panel.host.port}/sign-in`)).json();
    expect(ways).toEqual({ how: 'provider', provider: 'Example' });
    expect(panel.host.link()).toBe(`http://127.0.0.1:${panel.host.port}/`);
  });

  test('also gets in where the provider takes the secret of the panel in a header only', async () => {
    panel.provider.twist = { metadata: { token_endpoint_auth_methods_supported: ['client_secret_basic'] } };
    expect((await panel.signIn()).status).toBe(200);
  });

  test('is written down, and so is who was not let in and why, without a word of what travelled', async () => {
    await panel.signIn();
    panel.provider.twist = { claims: { groups: ['sales'] } };
    await panel.signIn();
    panel.provider.twist = { instead: ['/token', (response) => response.writeHead(503).end()] };
    await panel.signIn();
    const origin = '127.0.0.1';
    expect(panel.written).toEqual([
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
    const byEmail = await panel.serve({
      user_name_claim: 'email',
      claim: 'email',
      mapping: { 'mina@shop.example': 'viewer' },
    });
    const visitor = visit(byEmail.port);
    panel.provider.twist = { claims: { email: 'mina@shop.example', email_verified: false } };
    expect((await panel.signIn(visitor)).body['message']).toBe('Example has not checked your email address.');
    panel.provider.twist = { claims: { email: 'mina@shop.example', email_verified: true } };
    expect(await panel.userOf(await panel.signIn(visitor), byEmail.port)).toEqual({
      name: 'mina@shop.example (Example)',
      role: 'viewer',
    });
    await byEmail.close();
  });

  test('may have their groups within another claim', async () => {
    const nested = await panel.serve({ claim: ['realm_access', 'roles'] });
    panel.provider.twist = { claims: { groups: undefined, realm_access: { roles: ['board'] } } };
    expect(await panel.userOf(await panel.signIn(visit(nested.port)), nested.port)).toMatchObject({ role: 'viewer' });
    await nested.close();
  });

  test('has the highest role of those that are meant for them', async () => {
    panel.provider.twist = { claims: { groups: ['board', 'platform', 'unknown', 7, 'ops'] } };
    expect(await panel.userOf(await panel.signIn())).toMatchObject({ role: 'admin' });
  });

  test('may sign in beside local accounts, who stay who they are', async () => {
    const both = await panel.serve({}, panel.users);
    const origin = `http://127.0.0.1:${both.port}`;
    expect(await (await fetch(`${origin}/sign-in`)).json()).toEqual({ how: 'password', provider: 'Example' });
    expect(await panel.userOf(await panel.signIn(visit(both.port)), both.port)).toMatchObject({
      name: 'mina (Example)',
    });
    expect(await signInAs(origin, 'vera')).toEqual(expect.any(String));
    await both.close();
  });

  test('sees and ends sessions of their own alone, also where somebody else is called the same', async () => {
    const one = await panel.signIn();
    panel.provider.twist = { claims: { sub: 'person-2' } };
    const other = await panel.signIn();
    const socket = await openSocket(`http://127.0.0.1:${panel.host.port}`, String(one.body['session']));
    expect(await clientOver(socket).sessions.list()).toHaveLength(1);
    socket.terminate();
    expect(await panel.userOf(other)).toMatchObject({ name: 'mina (Example)' });
  });
});
