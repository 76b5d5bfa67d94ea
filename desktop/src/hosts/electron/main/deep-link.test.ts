import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fragmentOf, linkedPages, linkIn } from './deep-link.ts';

test.each([
  ['quayside://open/logs', '/logs'],
  ['QUAYSIDE://open/stack', '/stack'],
  ['quayside://open/logs/../stack', '/stack'],
  ['quayside://open/releases?env=production', '/releases?env=production'],
  ['quayside://open/stack?env=engine%3Ashop', '/stack?env=engine%3Ashop'],
])('%s leads to a page', (link, fragment) => {
  expect(fragmentOf(link)).toBe(fragment);
});

test.each([
  'quayside://open',
  'quayside://open/',
  'quayside://open/rollback',
  'quayside://open/%6cogs',
  'quayside://run/stack',
  'quayside:open/stack',
  'quayside://user@open/stack',
  'quayside://open:80/stack',
  'quayside://open/stack#/configuration',
  'quayside://open/stack?env=a&env=b',
  'quayside://open/stack?env=<img src=x onerror=alert(1)>',
  'quayside://open/stack?directory=/etc',
  `quayside://open/stack?env=${'a'.repeat(300)}`,
  'app://quayside/#/stack',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://open/stack',
  '-C',
  '',
])('%s leads nowhere', (link) => {
  expect(fragmentOf(link)).toBeUndefined();
});

test('whatever a link holds, it leads to a known page with at most an environment', () => {
  const known = new RegExp(`^/(?:${linkedPages.join('|')})(?:\\?env=[\\w.%-]+)?$`);
  const tail = fc.oneof(fc.webFragments(), fc.string(), fc.webQueryParameters());
  const link = fc.tuple(fc.constantFrom('', 'open/', 'open/logs', 'open/stack?env=', 'open/stack?'), tail);
  fc.assert(
    fc.property(link, ([head, rest]) => {
      const fragment = fragmentOf(`quayside://${head}${rest}`);
      expect(fragment === undefined || known.test(fragment)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('a link is found among arguments', () => {
  expect(linkIn(['/opt/quayside', '--no-sandbox', 'Quayside://open/logs'])).toBe('Quayside://open/logs');
  expect(linkIn(['/opt/quayside', '-C', '/srv/shop'])).toBeUndefined();
});
