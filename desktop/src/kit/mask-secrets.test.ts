import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMasker } from './mask-secrets.ts';
import { masked } from './secret-name.ts';

const mask = createMasker(['hunter2-and-more', 'hunter2', 'with "quotes"', 'short', 'hunter2']);

describe('masking', () => {
  test.each([
    ['connecting with hunter2-and-more', `connecting with ${masked}`],
    ['{"msg":"with \\"quotes\\" inside"}', `{"msg":"${masked} inside"}`],
    ['{"password":"abc","user":"ann"}', `{"password":"${masked}","user":"ann"}`],
    ['{"headers":{"x-api-key": "abc"}}', `{"headers":{"x-api-key": "${masked}"}}`],
    ['{"apiKey": "a\\"bc"}', `{"apiKey": "${masked}"}`],
    ['level=info token=abc.def next=1', `level=info token=${masked} next=1`],
    ['Authorization: Bearer abcdefgh12345678', `Authorization: Bearer ${masked}`],
    ['postgres://ann:secretword@db:5432/shop', `postgres://ann:${masked}@db:5432/shop`],
    ['key sk-proj-abcdefghijklmnop1234 used', `key ${masked} used`],
    ['ghp_abcdefghijklmnopqrstuvwxyz012345', masked],
    ['AKIAIOSFODNN7EXAMPLE', masked],
    ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', `jwt ${masked}`],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', masked],
    ['tokens used: 15, short text', 'tokens used: 15, short text'],
    ['{"level":30,"tokens":15,"msg":"ok"}', '{"level":30,"tokens":15,"msg":"ok"}'],
  ])('%s', (text, expected) => {
    expect(mask(text)).toBe(expected);
  });

  test('no secret is missed for what else is in the text or is not', () => {
    // Nothing of this is hidden, and it has a piece of everything that may be.
    const all = '\npass secret token key credential auth @ sk- pcsk_ gh github_pat_ glpat- xox IA AIza eyJ PRIVATE KEY';
    expect(mask(all)).toBe(all);
    const names = [
      'password',
      'PassPhrase',
      'DB_PASSWD',
      'client-secret',
      'TOKEN',
      'x-api-key',
      'apiKey',
      'private-key',
    ];
    const more = ['ACCESSKEY', 'credentials', 'auth', 'proxy-auth', 'KEY', 'level', 'author', 'monkey', 'a.b'];
    const name = fc.constantFrom(...names, ...more);
    const value = fc.constantFrom('abc', 'a b', 'abcdefgh12345678', 'hunter2', '');
    const piece = fc.oneof(
      fc.tuple(name, value).map(([left, right]) => `"${left}":"${right}"`),
      fc.tuple(name, value).map(([left, right]) => `${left}=${right}`),
      value.map((secret) => `redis://ann:${secret}@cache`),
      fc.tuple(fc.constantFrom('Bearer', 'basic', 'TOKEN'), value).map(([left, right]) => `${left} ${right}`),
      fc
        .constantFrom('sk-', 'pcsk_', 'ghp_', 'github_pat_', 'glpat-', 'xoxb-', 'AKIA', 'ASIA', 'AIza', 'eyJ')
        .map((start) => `${start}${'A1B2'.repeat(10)}.${'A1B2'.repeat(4)}.x`),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join(' ');
        expect(mask(text + all)).toBe(mask(text) + all);
      }),
    );
  });

  test('a long hostile line takes no long time', () => {
    const began = performance.now();
    for (const text of [
      '"'.repeat(16_384),
      'a='.repeat(8192),
      'eyJ'.repeat(5000),
      '://:'.repeat(4000),
      '"a":"'.repeat(3000),
    ])
      mask(text);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
