import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuzz, fuzzTimeout } from '#testing/fuzz.ts';
import { familiarReference, parseReference } from './reference.ts';

const hex = fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), minLength: 64, maxLength: 64 });
const word = fc.stringMatching(/^[a-z0-9]{1,6}$/);
const component = fc.tuple(word, fc.constantFrom('.', '_', '__', '-', '--'), word).map((parts) => parts.join(''));
const path = fc.array(fc.oneof(word, component), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const domain = fc.constantFrom(
  'docker.io',
  'ghcr.io',
  'localhost',
  'localhost:5000',
  'a.b:1',
  '127.0.0.1:5',
  '[::1]:5',
  'Upper',
);
const tag = fc.stringMatching(/^\w[\w.-]{0,20}$/);
const written = fc.record({ domain: fc.option(domain), path, tag: fc.option(tag), digest: fc.option(hex) });

describe('image names', () => {
  test('are taken apart into what they were made of', () => {
    fc.assert(
      fc.property(written, (parts) => {
        const name = parts.domain === null ? parts.path : `${parts.domain}/${parts.path}`;
        // A first part that looks like a host would be one.
        fc.pre(parts.domain !== null || !/^[^/]*\.[^/]*\/|^localhost\//.test(name));
        fc.pre(!/^[a-f0-9]{64}$/.test(name));
        const text = `${name}${parts.tag === null ? '' : `:${parts.tag}`}${parts.digest === null ? '' : `@sha256:${parts.digest}`}`;
        const hub = parts.domain === null || parts.domain === 'docker.io';
        const shownTag = parts.tag ?? (parts.digest === null ? 'latest' : undefined);
        expect(parseReference(text)).toEqual({
          domain: parts.domain ?? 'docker.io',
          path: hub && !parts.path.includes('/') ? `library/${parts.path}` : parts.path,
          ...(shownTag === undefined ? {} : { tag: shownTag }),
          ...(parts.digest === null ? {} : { digest: `sha256:${parts.digest}` }),
        });
      }),
    );
  });

  test('mean the same when they are written as people do', () => {
    fc.assert(
      fc.property(written, (parts) => {
        const name = parts.domain === null ? parts.path : `${parts.domain}/${parts.path}`;
        const reference = parseReference(parts.tag === null ? name : `${name}:${parts.tag}`);
        fc.pre(reference !== undefined);
        expect(parseReference(familiarReference(reference))).toEqual(reference);
      }),
    );
  });

  test(
    'never make the parser throw',
    async () => {
      const unit = fc.constantFrom('a', 'A', '1', ':', '/', '@', '.', '-', '_', ' ', '[', ']', 'sha256:', '\n');
      await fuzz(
        'references',
        fc.property(fc.string({ unit, maxLength: 20 }), (text) => {
          parseReference(text);
        }),
        1000,
      );
    },
    fuzzTimeout,
  );
});
