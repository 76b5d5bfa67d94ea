import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzz, fuzzTimeout } from '#testing/fuzz.ts';
import { type GuardedRequest, guardRequest, guardUpgrade } from './guard.ts';

const port = 4870;
type Header = readonly [string, string];

const values: Record<string, readonly string[]> = {
  host: ['127.0.0.1:4870', 'localhost:4870', 'LOCALHOST:4870', '127.0.0.1', 'evil.example', '127.0.0.1:4870.', ''],
  origin: [
    'http://127.0.0.1:4870',
    'http://localhost:4870',
    'https://127.0.0.1:4870',
    'http://evil.example',
    'null',
    '',
  ],
  'sec-fetch-site': ['same-origin', 'same-site', 'cross-site', 'none', ''],
  'content-type': ['application/json', 'application/json; charset=utf-8', 'text/plain', 'application/jsonx', ''],
  upgrade: ['websocket', 'WebSocket', 'h2c', 'websocket, h2c'],
  expect: ['100-continue'],
  'x-forwarded-host': ['127.0.0.1:4870'],
};

const header = fc
  .constantFrom(...Object.keys(values))
  .chain((name) => fc.tuple(fc.constant(name), fc.oneof(fc.constantFrom(...(values[name] ?? [''])), fc.string())));

const usable: fc.Arbitrary<Header[]> = fc
  .record({
    host: fc.constantFrom('127.0.0.1:4870', 'localhost:4870'),
    site: fc.constantFrom('same-origin', 'none', undefined),
    type: fc.constantFrom('application/json', undefined),
    upgrade: fc.constantFrom('websocket', undefined),
    origin: fc.boolean(),
  })
  .map(({ host, site, type, upgrade, origin }) => {
    const headers: Header[] = [['host', host]];
    if (site) headers.push(['sec-fetch-site', site]);
    if (type) headers.push(['content-type', type]);
    if (upgrade) headers.push(['upgrade', upgrade]);
    if (origin) headers.push(['origin', `http://${host}`]);
    return headers;
  });

/** Good values often enough that requests pass, bad ones often enough that most do not. */
function mostly(good: string[], bad: string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...good) },
    { weight: 1, arbitrary: fc.constantFrom(...bad) },
  );
}

const request: fc.Arbitrary<GuardedRequest> = fc.record({
  method: mostly(['GET', 'POST'], ['HEAD', 'PUT', 'DELETE', 'OPTIONS', 'get']),
  target: mostly(['/', '/session', '/rpc'], ['http://127.0.0.1:4870/', '*', '127.0.0.1:4870']),
  headers: fc
    .tuple(
      fc.oneof({ weight: 4, arbitrary: usable }, { weight: 1, arbitrary: fc.constant<Header[]>([]) }),
      fc.array(header, { maxLength: 2 }),
    )
    .map(([base, extra]) => [...base, ...extra]),
  port: fc.constant(port),
});

const all = ({ headers }: GuardedRequest, name: string) =>
  headers.filter(([key]) => key === name).map(([, value]) => value);
const oneOf = (found: readonly string[], allowed: readonly string[]) =>
  found.length === 1 && allowed.includes(found[0] ?? '');
const noneOr = (found: readonly string[], allowed: readonly string[]) => found.length === 0 || oneOf(found, allowed);

/** The rules once more, as plain conjunctions. */
function addressed(asked: GuardedRequest): boolean {
  return (
    oneOf(all(asked, 'host'), ['127.0.0.1:4870', 'localhost:4870']) &&
    asked.target.startsWith('/') &&
    all(asked, 'expect').length === 0
  );
}

function ownOrigin(asked: GuardedRequest): readonly string[] {
  return [`http://${all(asked, 'host')[0] ?? ''}`];
}

test(
  'an ordinary request passes only when every rule holds',
  async () => {
    let passed = 0;
    await fuzz(
      'headers of requests',
      fc.property(request, (asked) => {
        const reads = asked.method === 'GET' || asked.method === 'HEAD';
        const wanted =
          addressed(asked) &&
          (reads || asked.method === 'POST') &&
          (reads ? noneOr : oneOf)(all(asked, 'origin'), ownOrigin(asked)) &&
          noneOr(all(asked, 'sec-fetch-site'), reads ? ['same-origin', 'none'] : ['same-origin']) &&
          all(asked, 'upgrade').length < 2 &&
          all(asked, 'content-type').length < 2 &&
          (reads || oneOf(all(asked, 'content-type'), ['application/json', 'application/json; charset=utf-8']));
        if (wanted) passed += 1;
        expect(guardRequest(asked) === undefined).toBe(wanted);
      }),
      5000,
    );
    expect(passed).toBeGreaterThan(20);
  },
  fuzzTimeout,
);

/** Near enough to what browsers send that each rule decides at times. */
const arrival: fc.Arbitrary<GuardedRequest> = fc.record({
  method: mostly(['GET'], ['HEAD', 'POST', 'get']),
  target: mostly(
    ['/back?state=awaited'],
    ['/back', '/back?state=other', '/Back?state=awaited', 'http://127.0.0.1:4870/back'],
  ),
  headers: fc
    .record({
      host: mostly(['127.0.0.1:4870'], ['localhost:4870', 'evil.example']),
      site: mostly(['cross-site', 'same-site'], ['none', 'same-origin', 'Cross-Site', '']),
      mode: mostly(['navigate'], ['cors', 'no-cors', 'websocket', '']),
      dest: mostly(['document'], ['iframe', 'script', 'empty', '']),
      extra: fc.oneof({ weight: 4, arbitrary: fc.constant<Header[]>([]) }, fc.array(header, { maxLength: 1 })),
    })
    .map(({ host, site, mode, dest, extra }): Header[] => [
      ['host', host],
      ['sec-fetch-site', site],
      ['sec-fetch-mode', mode],
      ['sec-fetch-dest', dest],
      ...extra,
    ]),
  port: fc.constant(port),
});

test(
  'from another site only somebody who is awaited passes, at that origin, as a page of its own and by GET',
  async () => {
    let passed = 0;
    const awaits = (target: string, origin: string): boolean =>
      target === '/back?state=awaited' && origin === 'http://127.0.0.1:4870';
    await fuzz(
      'headers of arrivals',
      fc.property(arrival, (asked) => {
        const site = all(asked, 'sec-fetch-site');
        const arrives =
          addressed(asked) &&
          oneOf(all(asked, 'host'), ['127.0.0.1:4870']) &&
          asked.method === 'GET' &&
          asked.target === '/back?state=awaited' &&
          oneOf(site, ['cross-site', 'same-site']) &&
          oneOf(all(asked, 'sec-fetch-mode'), ['navigate']) &&
          oneOf(all(asked, 'sec-fetch-dest'), ['document']) &&
          all(asked, 'origin').length === 0 &&
          all(asked, 'upgrade').length < 2 &&
          all(asked, 'content-type').length < 2;
        if (arrives) passed += 1;
        const elsewhere = !oneOf(site, ['same-origin', 'none']);
        if (elsewhere) expect(guardRequest(asked, undefined, awaits) === undefined).toBe(arrives);
        else expect(guardRequest(asked, undefined, awaits)).toEqual(guardRequest(asked));
        expect(guardUpgrade(asked)).toBeDefined();
      }),
      5000,
    );
    expect(passed).toBeGreaterThan(20);
  },
  fuzzTimeout,
);

test(
  'an upgrade passes only when every rule holds',
  async () => {
    let passed = 0;
    await fuzz(
      'headers of upgrades',
      fc.property(request, (asked) => {
        const wanted =
          addressed(asked) &&
          asked.method === 'GET' &&
          oneOf(all(asked, 'origin'), ownOrigin(asked)) &&
          noneOr(all(asked, 'sec-fetch-site'), ['same-origin']) &&
          all(asked, 'content-type').length < 2 &&
          oneOf(
            all(asked, 'upgrade').map((value) => value.toLowerCase()),
            ['websocket'],
          );
        if (wanted) passed += 1;
        expect(guardUpgrade(asked) === undefined).toBe(wanted);
      }),
      5000,
    );
    expect(passed).toBeGreaterThan(20);
  },
  fuzzTimeout,
);
