import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEnvEntries } from '#engine/compose/index.ts';
import { describedEntries } from './comments.ts';
import { diffLines } from './line-diff.ts';
import { markedSecret, maskEnvText, unmaskEnvText, withoutMarks } from './mask.ts';

const read = (text: string) => readEnvEntries('/project/.env', text, () => undefined);

test('a comment describes what stands below it', () => {
  const text =
    '# Ports on\n# this machine.\nA=1\nB=2\n\nC=3\n# Level.\n#D=info\n# Key.\nE="x y"\n\n# --- Title ---\n\nF=\n';
  expect(describedEntries(text, read(text))).toEqual([
    { name: 'A', value: '1', optional: false, description: 'Ports on this machine.' },
    { name: 'B', value: '2', optional: false, description: 'Ports on this machine.' },
    { name: 'C', value: '3', optional: false },
    { name: 'D', value: 'info', optional: true, description: 'Level.' },
    { name: 'E', value: 'x y', optional: false, description: 'Key.' },
    { name: 'F', value: '', optional: false },
  ]);
});

const secrets = `A=1
API_KEY=sk-canary-1234567890abcdef # c
DB_PASSWORD="canary
two lines"
#OLD_TOKEN=canary
URL=postgres://me:canary-password@db/x
EMPTY_TOKEN=
`;

test('no secret is in the masked text, and each comes back where its mask still stands', () => {
  const { text, count } = maskEnvText(secrets, read);
  expect(text).not.toContain('canary');
  expect(count).toBe(4);
  expect(unmaskEnvText(text, secrets, read)).toEqual({ text: secrets, unknown: [] });
});

test('a masked secret may move, be commented in, or be replaced', () => {
  const { text } = maskEnvText(secrets, read);
  const changed = text
    .replace('#OLD_TOKEN', 'OLD_TOKEN')
    .replace('A=1\n', '')
    .replace('API_KEY=********', 'API_KEY=new');
  const made = unmaskEnvText(`${changed}A=2\n`, secrets, read);
  expect(made.text).toContain('\nOLD_TOKEN=canary\n');
  expect(made.text).toContain('API_KEY=new # c');
  expect(unmaskEnvText('OTHER_KEY=********\n', secrets, read).unknown).toEqual(['OTHER_KEY']);
});

test('that a secret changed shows, what it is does not', () => {
  const marked = (text: string) => maskEnvText(text, read, markedSecret).text;
  const lines = diffLines(marked('API_KEY=canary-one\nB=1\n'), marked('API_KEY=canary-two\nB=1\n'));
  expect(lines.map(({ kind, text }) => [kind, withoutMarks(text)])).toEqual([
    ['removed', 'API_KEY=********'],
    ['added', 'API_KEY=********'],
    ['same', 'B=1'],
  ]);
});

test('lines that are far from a change are left out, and told', () => {
  const text = Array.from({ length: 20 }, (_, index) => `L${index}`).join('\n');
  expect(diffLines(text, text.replace('L10', 'X')).map(({ kind, text: words }) => `${kind} ${words}`)).toEqual([
    'gap 7 lines',
    ...['L7', 'L8', 'L9'].map((one) => `same ${one}`),
    'removed L10',
    'added X',
    ...['L11', 'L12', 'L13'].map((one) => `same ${one}`),
    'gap 6 lines',
  ]);
  expect(diffLines(text, text)).toEqual([]);
});

test('taking the removed away gives the new text, taking the added away the old', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 });
  fc.assert(
    fc.property(lines, lines, (old, next) => {
      const diff = diffLines(old.join('\n'), next.join('\n'));
      fc.pre(diff.length > 0 && !diff.some(({ kind }) => kind === 'gap'));
      const side = (left: string) => diff.filter(({ kind }) => kind !== left).map(({ text }) => text);
      expect(side('removed')).toEqual(next);
      expect(side('added')).toEqual(old);
    }),
    { numRuns: 3000 },
  );
});
