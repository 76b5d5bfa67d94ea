import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { clientSecret, type Twist } from '#testing/fake-oidc-provider.ts';
import { withProvider } from './fixtures/provider-panel.ts';

const panel = withProvider();

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
    panel.provider.twist = twist;
    const { status, body } = await panel.signIn();
    expect(status).toBe(403);
    expect(body).toEqual({
      message: expect.stringContaining('cannot be trusted') as string,
      remedy: expect.any(String) as string,
    });
    expect(panel.troubles).toHaveLength(1);
  });

  test('of the issuer in another spelling, and one that is none, let nobody in', async () => {
    panel.provider.twist = { claims: { iss: `${panel.provider.issuer}/` } };
    expect(await panel.signIn()).toMatchObject({ status: 403 });
    panel.provider.twist = { sign: () => 'a.b.c' };
    expect(await panel.signIn()).toMatchObject({ status: 502 });
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
    panel.provider.twist = { claims };
    const { status, body } = await panel.signIn();
    expect(status).toBe(403);
    expect(body['message']).toContain(words);
  });
});
