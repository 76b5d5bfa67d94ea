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
