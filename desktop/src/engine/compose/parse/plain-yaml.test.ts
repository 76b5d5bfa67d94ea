import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sourceOf } from '../testing.ts';
import type { Source } from '../tree/source.ts';
import { readPlainYaml } from './plain-yaml.ts';
import { parseFullYaml } from './yaml.ts';

/** What the full reader says, or undefined where it refuses. */
function full(source: Source): unknown {
  try {
    return parseFullYaml(source);
  } catch {
    return undefined;
  }
}

/** Both readers agree on values and places, or the plain one does not dare. Returns whether it dared. */
function agree(text: string): boolean {
  const source = sourceOf(text);
  const plain = readPlainYaml(source);
  if (plain === undefined) return false;
  expect([plain], text).toEqual(full(source));
  return true;
}

test('an ordinary file is read without the full reader', () => {
  const text = `# comment
name: shop
services:
  web:
    image: "nginx:1.27" # tail
    command: ["a", 'b', c]
    ports:
    - 80:80
    - "443:443"
    environment:
      A: 1
      URL: http://example.com:80/#x
      EMPTY:
    volumes:
      - type: bind
        source: ./x
        target: /x
      - ./y:/y

    deploy: {resources: {limits: {cpus: "0.5", memory: 10m}}, x: , labels: []}
networks: {}
`;
  expect(agree(text)).toBe(true);
});

const piece = fc.constantFrom(
  ...[
    'a',
    'b',
    'key',
    ': ',
    ':',
    '\n',
    '\n  ',
    '\n    ',
    '- ',
    '-',
    '[',
    ']',
    '{',
    '}',
    ', ',
    ',',
    '"',
    "'",
    ' #',
    '#',
    '0777',
    '~',
    '  ',
    '/',
    '$',
    '\\',
  ],
  ...[
    '<<',
    '&x ',
    '*x',
    '!y ',
    '|',
    '>',
    '?',
    '@',
    '%',
    'é',
    '---\n',
    '1.5',
    'true',
    '"q"',
    "'q'",
    '[]',
    '{}',
    'a: b',
    '\n- ',
    '\n  - ',
  ],
);

test('on made-up texts the two readers never differ', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 14 }).map((parts) => parts.join('')),
      (text) => {
        agree(text);
        agree(`k:\n  ${text}\n`);
        agree(`k: ${text}\nl: m\n`);
      },
    ),
    { numRuns: 3000 },
  );
}, 60_000);

const leaf = fc.constantFrom(
  'x',
  '"y"',
  "'z'",
  '1',
  '0777',
  'true',
  '',
  'a b',
  'http://e.com',
  '[a, b]',
  '{c: d, e: }',
  '-x',
  '~',
  '[{f: g}]',
);

/** Well-formed blocks, so that the property is about accepted texts and not only about refused ones. */
const block = fc.letrec<{ map: string[]; list: string[]; any: string[] }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    leaf.map((text) => [text]),
    tie('map'),
    tie('list'),
  ),
  map: fc
    .uniqueArray(fc.tuple(fc.constantFrom('a', 'b_c', '"d e"', 'f.g', "'h'"), tie('any')), {
      minLength: 1,
      maxLength: 3,
      selector: ([key]) => key,
    })
    .map((entries) =>
      entries.flatMap(([key, value]) =>
        value.length === 1 ? [`${key}: ${value[0] ?? ''}`.trimEnd()] : [`${key}:`, ...value.map((line) => `  ${line}`)],
      ),
    ),
  list: fc
    .array(tie('any'), { minLength: 1, maxLength: 3 })
    .map((items) =>
      items.flatMap((lines) => lines.map((line, index) => (index === 0 ? `- ${line || 'x'}` : `  ${line}`))),
    ),
}));

test('on well-formed blocks the two readers agree, and the plain one mostly dares', () => {
  let dared = 0;
  fc.assert(
    fc.property(block.map, (lines) => {
      if (agree(`${lines.join('\n')}\n`)) dared++;
    }),
    { numRuns: 500 },
  );
  expect(dared).toBeGreaterThan(100);
}, 60_000);
