import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pageHeaders } from '#kit/page-policy.ts';
import { createFakeEngine } from '#testing/fake-engine.ts';
import { rawRequest } from '#testing/raw-http.ts';
import { createWebHost, type WebHost } from './web-host.ts';

let host: WebHost;
let folder: string;
let session: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'qs-test-panel-'));
  mkdirSync(join(folder, 'panel', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'outside');
  writeFileSync(join(folder, 'panel', 'index.html'), '<title>panel</title>');
  writeFileSync(join(folder, 'panel', 'assets', 'app.js'), 'app');
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'panel', 'assets', 'link.txt'));
  symlinkSync(folder, join(folder, 'panel', 'up'));
  host = await createWebHost({ engine: createFakeEngine(), port: 0, staticDir: join(folder, 'panel') });
  const answer = await post(JSON.stringify({ token: tokenOf(host.link()) }));
  session = (JSON.parse(answer.body) as { session: string }).session;
});

afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

const tokenOf = (link: string): string => link.split('#t=')[1] ?? '';

/** `@` stands for the port, a line per header; the empty line is added. */
function send(lines: string, body = ''): ReturnType<typeof rawRequest> {
  return rawRequest(host.port, `${lines.replaceAll('@', String(host.port)).replaceAll('\n', '\r\n')}\r\n\r\n${body}`);
}

function post(body: string, extra = 'Origin: http://127.0.0.1:@\nContent-Type: application/json') {
  return send(`POST /session HTTP/1.1\nHost: 127.0.0.1:@\nContent-Length: ${body.length}\n${extra}`, body);
}

const get = (headers: string, path = '/') => send(`GET ${path} HTTP/1.1\n${headers}`);

function upgrade(
  protocols: string | undefined,
  headers = 'Host: 127.0.0.1:@\nOrigin: http://127.0.0.1:@',
  path = '/rpc',
) {
  const handshake =
    'Connection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==';
  const offered = protocols === undefined ? '' : `\nSec-WebSocket-Protocol: ${protocols}`;
  return send(`GET ${path} HTTP/1.1\n${headers}\n${handshake}${offered}`);
}

const good = () => `quayside, session.${session}`;

describe('requests under another name', () => {
  test.each([
    ['no Host', 'Accept: */*'],
    ['an empty Host', 'Host:'],
    ['no port', 'Host: 127.0.0.1'],
    ['another port', 'Host: 127.0.0.1:1'],
    ['a rebound name', 'Host: evil.example:@'],
    ['our address as a prefix', 'Host: 127.0.0.1.evil.example:@'],
    ['our address as a suffix', 'Host: evil-127.0.0.1:@'],
    ['our address as user', 'Host: 127.0.0.1:@@evil.example'],
    ['a short spelling', 'Host: 127.1:@'],
    ['a decimal spelling', 'Host: 2130706433:@'],
    ['a hex spelling', 'Host: 0x7f000001:@'],
    ['another loopback address', 'Host: 127.0.0.2:@'],
    ['the wildcard address', 'Host: 0.0.0.0:@'],
    ['IPv6 loopback', 'Host: [::1]:@'],
    ['mapped IPv6', 'Host: [::ffff:127.0.0.1]:@'],
    ['a trailing dot', 'Host: localhost.:@'],
    ['capitals', 'Host: LOCALHOST:@'],
    ['two equal Hosts', 'Host: 127.0.0.1:@\nHost: 127.0.0.1:@'],
    ['a good and a bad Host', 'Host: 127.0.0.1:@\nHost: evil.example'],
    ['a list of Hosts', 'Host: 127.0.0.1:@, evil.example'],
    ['a forwarded good name', 'Host: evil.example\nX-Forwarded-Host: 127.0.0.1:@'],
  ])('%s: 421', async (_name, headers) => {
    expect((await get(headers)).status).toBe(421);
    expect((await upgrade(good(), `${headers}\nOrigin: http://127.0.0.1:@`)).status).toBe(421);
  });

  test('HTTP/1.0 without Host: 421', async () => {
    expect((await send('GET / HTTP/1.0')).status).toBe(421);
  });

  test.each([
    ['an absolute target', 'GET http://127.0.0.1:@/ HTTP/1.1\nHost: 127.0.0.1:@', 400],
    ['an absolute foreign target', 'GET http://evil.example/ HTTP/1.1\nHost: 127.0.0.1:@', 400],
    ['an asterisk target', 'OPTIONS * HTTP/1.1\nHost: 127.0.0.1:@', 400],
    ['a folded Host', 'GET / HTTP/1.1\nHost: 127.0.0.1:@\n evil.example', 400],
    ['a space before the colon', 'GET / HTTP/1.1\nHost : 127.0.0.1:@', 400],
    ['both lengths', 'POST /session HTTP/1.1\nHost: 127.0.0.1:@\nContent-Length: 5\nTransfer-Encoding: chunked', 400],
    ['two lengths', 'POST /session HTTP/1.1\nHost: 127.0.0.1:@\nContent-Length: 2\nContent-Length: 3', 400],
    ['no HTTP at all', 'hello', 400],
    ['an expectation', 'POST /session HTTP/1.1\nHost: 127.0.0.1:@\nExpect: 100-continue\nContent-Length: 1', 417],
    ['a huge header', `GET / HTTP/1.1\nHost: 127.0.0.1:@\nX: ${'x'.repeat(20_000)}`, 431],
  ])('%s is refused', async (_name, lines, status) => {
    expect((await send(lines)).status).toBe(status);
  });
});

describe('requests from elsewhere', () => {
  const here = 'Host: 127.0.0.1:@';
  test.each([
    ['a foreign Origin', `${here}\nOrigin: http://evil.example`],
    ['another local port', `${here}\nOrigin: http://127.0.0.1:1`],
    ['the other name of this host', `${here}\nOrigin: http://localhost:@`],
    ['https', `${here}\nOrigin: https://127.0.0.1:@`],
    ['a path in Origin', `${here}\nOrigin: http://127.0.0.1:@/`],
    ['an opaque Origin', `${here}\nOrigin: null`],
    ['Sec-Fetch-Site cross-site', `${here}\nSec-Fetch-Site: cross-site`],
    ['Sec-Fetch-Site same-site', `${here}\nSec-Fetch-Site: same-site`],
    ['Sec-Fetch-Site of no known value', `${here}\nSec-Fetch-Site: Same-Origin`],
  ])('%s: 403 for a page, a post and an upgrade', async (_name, headers) => {
    expect((await get(headers)).status).toBe(403);
    const withOrigin = headers.includes('Origin:') ? headers : `${headers}\nOrigin: http://127.0.0.1:@`;
    expect((await upgrade(good(), withOrigin)).status).toBe(403);
    const rest = withOrigin.replace(`${here}\n`, '');
    expect((await post('{}', `${rest}\nContent-Type: application/json`)).status).toBe(403);
  });

  test.each([
    ['no Origin', 'Content-Type: application/json', 403],
    ['Sec-Fetch-Site none', 'Origin: http://127.0.0.1:@\nSec-Fetch-Site: none\nContent-Type: application/json', 403],
    ['no content type', 'Origin: http://127.0.0.1:@', 415],
    ['a form', 'Origin: http://127.0.0.1:@\nContent-Type: application/x-www-form-urlencoded', 415],
    ['plain text', 'Origin: http://127.0.0.1:@\nContent-Type: text/plain', 415],
    ['JSON as a parameter', 'Origin: http://127.0.0.1:@\nContent-Type: text/plain; application/json', 415],
    ['two Origins', 'Origin: http://127.0.0.1:@\nOrigin: http://evil.example\nContent-Type: application/json', 400],
    ['two content types', 'Origin: http://127.0.0.1:@\nContent-Type: application/json\nContent-Type: text/plain', 400],
  ])('a post with %s', async (_name, headers, status) => {
    expect((await post('{}', headers)).status).toBe(status);
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])('method %s: 405', async (method) => {
    expect((await send(`${method} / HTTP/1.1\nHost: 127.0.0.1:@`)).status).toBe(405);
  });
});

describe('upgrades', () => {
  test('need the session', async () => {
    expect((await upgrade(undefined)).status).toBe(401);
    expect((await upgrade('quayside')).status).toBe(401);
    expect((await upgrade(`session.${session}`)).status).toBe(401);
    expect((await upgrade('quayside, session.')).status).toBe(401);
    expect((await upgrade(`quayside, session.${session.slice(0, -1)}`)).status).toBe(401);
    expect((await upgrade(`quayside, session.x, session.${session}`)).status).toBe(401);
    expect((await upgrade(`quayside, session.${session}, session.x`)).status).toBe(401);
    expect((await upgrade(`quayside, ${session}`)).status).toBe(401);
  });

  test('need an Origin, the right path and a WebSocket', async () => {
    expect((await upgrade(good(), 'Host: 127.0.0.1:@')).status).toBe(403);
    expect((await upgrade(good(), undefined, '/rpc/')).status).toBe(404);
    expect((await upgrade(good(), undefined, `/rpc?session=${session}`)).status).toBe(404);
    const h2c = 'Connection: Upgrade\nUpgrade: h2c\nOrigin: http://127.0.0.1:@';
    expect((await get(`Host: 127.0.0.1:@\n${h2c}`, '/rpc')).status).toBe(400);
  });

  test('are answered with the quayside protocol, not with the secret', async () => {
    const answer = await upgrade(good());
    expect(answer.status).toBe(101);
    expect(answer.head).toMatch(/sec-websocket-protocol: quayside$/m);
    expect(answer.head).not.toContain(session.toLowerCase());
  });
});

describe('the session', () => {
  test('is bought once with a token', async () => {
    const token = tokenOf(host.link());
    expect((await post(JSON.stringify({ token }))).status).toBe(200);
    expect((await post(JSON.stringify({ token }))).status).toBe(401);
  });

  test('gives a link for another tab', async () => {
    const answer = await post(JSON.stringify({ session }));
    expect(answer.status).toBe(200);
    const { token } = JSON.parse(answer.body) as { token: string };
    expect((await post(JSON.stringify({ token }))).status).toBe(200);
    expect((await post(JSON.stringify({ session: token }))).status).toBe(401);
  });

  test.each(['', '{', '[]', 'null', '{}', '{"token":1}', '{"token":"a","session":"b"}'])(
    'body %s: 400',
    async (body) => {
      expect((await post(body)).status).toBe(400);
    },
  );

  test('a body beyond 1 MiB: 413, before all of it is there', async () => {
    const much = 'x'.repeat(1024 * 1024 + 1);
    expect((await post(much)).status).toBe(413);
    const lines =
      'POST /session HTTP/1.1\nHost: 127.0.0.1:@\nOrigin: http://127.0.0.1:@\nContent-Type: application/json';
    expect((await send(`${lines}\nContent-Length: 9000000`, much)).status).toBe(413);
  });

  test('GET of it: 405', async () => {
    expect((await get('Host: 127.0.0.1:@', '/session')).status).toBe(405);
  });
});

describe('files', () => {
  const here = 'Host: 127.0.0.1:@';

  test('of the panel are served, on both names, with and without the body', async () => {
    expect((await get(here)).body).toBe('<title>panel</title>');
    expect((await get('Host: localhost:@\nSec-Fetch-Site: none')).body).toBe('<title>panel</title>');
    expect((await get(`${here}\nOrigin: http://127.0.0.1:@\nSec-Fetch-Site: same-origin`, '/assets/app.js')).body).toBe(
      'app',
    );
    expect((await get(here, '/logs?x=1')).body).toBe('<title>panel</title>');
    const head = await send('HEAD / HTTP/1.1\nHost: 127.0.0.1:@\nConnection: close');
    expect([head.status, head.body]).toEqual([200, '']);
  });

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%252e%252e/secret.txt',
    '/assets//app.js',
    '//etc/passwd.txt',
    '/assets/app.js%00.txt',
    '/assets/link.txt',
    '/up/secret.txt',
    '/C:/secret.txt',
    '/.env.txt',
    '/%',
    '/assets/none.js',
  ])('%s: 404', async (path) => {
    const answer = await get(here, path);
    expect([answer.status, answer.body]).toEqual([404, '']);
  });

  test('are not to be posted to', async () => {
    const lines =
      'POST / HTTP/1.1\nHost: 127.0.0.1:@\nOrigin: http://127.0.0.1:@\nContent-Type: application/json\nContent-Length: 2';
    expect((await send(lines, '{}')).status).toBe(405);
  });
});

describe('every answer', () => {
  test.each([
    ['a page', () => get('Host: 127.0.0.1:@')],
    ['a missing file', () => get('Host: 127.0.0.1:@', '/none.js')],
    ['a refused name', () => get('Host: evil.example')],
    ['a broken request', () => send('nonsense')],
    ['a refused upgrade', () => upgrade(undefined)],
    ['a session', () => post(JSON.stringify({ session }))],
  ])('carries the headers and no CORS: %s', async (_name, ask) => {
    const { head } = await ask();
    for (const [name, value] of Object.entries(pageHeaders)) {
      expect(head).toContain(`${name}: ${value}`.toLowerCase());
    }
    expect(head).not.toContain('access-control-');
    expect(head).not.toContain('set-cookie');
  });
});
