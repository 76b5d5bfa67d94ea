import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

const clientId = 'quayside-panel';
export const clientSecret = 'a secret that the provider gave: +%&/';

/** How this provider is to differ from an honest one, until it is set back. */
export interface Twist {
  /** Over those of an honest discovery document; undefined leaves one out. */
  metadata?: Record<string, unknown>;
  /** Over those of an honest ID token; undefined leaves one out. */
  claims?: Record<string, unknown>;
  sign?: (claims: JWTPayload, provider: FakeProvider) => string | Promise<string>;
  /** Over the parameters with which an honest provider sends the browser back; undefined leaves one out. */
  back?: Record<string, string | undefined>;
  /** Answers in its place; for all paths that begin so. */
  instead?: readonly [path: string, answer: (response: ServerResponse) => void];
}

/** A fake of an OpenID Connect provider: keys, signatures, codes and PKCE are real, the people are not. */
export interface FakeProvider {
  readonly issuer: string;
  /** PEM, for another process that has to trust it. */
  readonly certificate: string;
  twist: Twist;
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  /** What its public key is, as text. */
  readonly publicKey: string;
  /** What somebody's browser does with the address of its sign-in page: they agree, and are sent back. Gives where to. */
  agree(address: string): URL;
  /** An ID token signed by a key that is not the provider's, by its name. */
  readonly signForeign: (claims: JWTPayload) => Promise<string>;
  close(): Promise<void>;
}

interface Code {
  readonly nonce: string;
  readonly challenge: string;
  readonly redirectUri: string;
}

const alg = 'RS256';
const kid = 'key-1';

/** Listens on this machine, under that name of it, with a certificate of its own, which this process then trusts. */
export async function startFakeProvider(host: '127.0.0.1' | 'localhost' = '127.0.0.1'): Promise<FakeProvider> {
  const tls = certificate();
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, tls.cert]);
  const keys = await generateKeyPair(alg);
  const foreign = await generateKeyPair(alg);
  const jwk = { ...(await exportJWK(keys.publicKey)), kid, alg, use: 'sig' };
  const codes = new Map<string, Code>();
  const server = createServer(tls, (request, response) => {
    void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `https://${host}:${(server.address() as AddressInfo).port}`;
  const signed = (claims: JWTPayload, key: typeof keys.privateKey): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(key);

  const provider: FakeProvider = {
    issuer,
    certificate: tls.cert,
    twist: {},
    asked: [],
    publicKey: JSON.stringify(jwk),
    agree(address) {
      const asked = new URL(address).searchParams;
      const code = randomUUID();
      const [nonce, challenge, redirectUri] = ['nonce', 'code_challenge', 'redirect_uri'].map(
        (one) => asked.get(one) ?? '',
      );
      codes.set(code, { nonce: nonce ?? '', challenge: challenge ?? '', redirectUri: redirectUri ?? '' });
      const back = new URL(redirectUri ?? '');
      const honest: Twist['back'] = { code, state: asked.get('state') ?? '', iss: issuer };
      for (const [name, value] of Object.entries({ ...honest, ...provider.twist.back })) {
        if (value !== undefined) back.searchParams.set(name, value);
      }
      return back;
    },
    signForeign: (claims) => signed(claims, foreign.privateKey),
    close() {
      setDefaultCACertificates(before);
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    provider.asked.push(path);
    const { instead, metadata } = provider.twist;
    if (instead !== undefined && path.startsWith(instead[0])) instead[1](response);
    else if (path === '/.well-known/openid-configuration') reply(response, 200, { ...discovery(issuer), ...metadata });
    else if (path === '/keys') reply(response, 200, { keys: [jwk] });
    else if (path.startsWith('/authorize?')) showPage(response, provider.agree(`${issuer}${path}`));
    else if (path === '/token') reply(response, ...(await exchange(request)));
    else reply(response, 404, {});
  }

  async function exchange(request: IncomingMessage): Promise<readonly [number, object]> {
    const form = new URLSearchParams(await bodyOf(request));
    if (!isClient(form, request.headers.authorization)) return [401, { error: 'invalid_client' }];
    const code = codes.get(form.get('code') ?? '');
    // As the standard asks: a code is good once.
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (code?.challenge !== challenge || code.redirectUri !== form.get('redirect_uri')) {
      return [400, { error: 'invalid_grant' }];
    }
    const claims = { ...honestClaims(issuer, code.nonce), ...provider.twist.claims };
    const given = JSON.parse(JSON.stringify(claims)) as JWTPayload;
    const idToken = (await provider.twist.sign?.(given, provider)) ?? (await signed(given, keys.privateKey));
    return [200, { access_token: 'unused', token_type: 'Bearer', ...(idToken === '' ? {} : { id_token: idToken }) }];
  }
  return provider;
}

function discovery(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    id_token_signing_alg_values_supported: [alg],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    authorization_response_iss_parameter_supported: true,
  };
}

function honestClaims(issuer: string, nonce: string): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: issuer,
    aud: clientId,
    sub: 'person-1',
    iat: now,
    exp: now + 300,
    nonce,
    preferred_username: 'mina',
    groups: ['ops'],
  };
}

/** Where people would say who they are. */
function showPage(response: ServerResponse, back: URL): void {
  response.writeHead(200, { 'Content-Type': 'text/html' });
  response.end(
    `<!doctype html><title>Example</title><link rel="icon" href="data:,"><a href="${back.href.replaceAll('&', '&amp;')}">Go on as mina</a>`,
  );
}

function reply(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(value));
}

/** The secret in the body or in the header, never in both. */
function isClient(form: URLSearchParams, header: string | undefined): boolean {
  const inBody = form.get('client_id') === clientId && form.get('client_secret') === clientSecret;
  if (header === undefined) return inBody;
  const [id = '', secret = ''] = Buffer.from(header.replace('Basic ', ''), 'base64').toString().split(':');
  const decoded = new URLSearchParams(`id=${id}&secret=${secret}`);
  return !form.has('client_secret') && decoded.get('id') === clientId && decoded.get('secret') === clientSecret;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString();
  return text;
}

function certificate(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'qs-test-provider-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const out = [
    '-keyout',
    key,
    '-out',
    cert,
    '-days',
    '2',
    '-subj',
    '/CN=fake',
    '-addext',
    'subjectAltName=IP:127.0.0.1,DNS:localhost',
  ];
  execFileSync('openssl', ['req', '-x509', ...curve, ...out], { stdio: 'ignore' });
  const files = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  rmSync(folder, { recursive: true });
  return files;
}

/** An OIDC file for this provider: `ops` are operators, `board` looks on, `platform` is in charge. */
export function writeOidcFile(path: string, issuer: string, over: Record<string, unknown> = {}): void {
  const honest = {
    version: 1,
    name: 'Example',
    issuer,
    client_id: clientId,
    client_secret: clientSecret,
    claim: 'groups',
    mapping: { board: 'viewer', ops: 'operator', platform: 'admin' },
  };
  writeFileSync(path, JSON.stringify({ ...honest, ...over }), { mode: 0o600 });
}
