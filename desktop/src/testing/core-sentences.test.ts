import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { Phrasebook, type Phrases } from '#kit/phrasebook.ts';

const source = join(import.meta.dirname, '..');
const german = JSON.parse(readFileSync(join(source, 'api/sentences.de.json'), 'utf8')) as Phrases;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'fixtures' ? [] : sources(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts') ? [path] : [];
  });
}

/** What reaches the panel: `api/serve` speaks to whoever starts a host at a terminal. */
const parsed = ['engine', 'api', 'kit']
  .flatMap((room) => sources(join(source, room)))
  .filter((path) => !path.includes('/api/serve/'))
  .map((path) => ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true));

function visit(node: ts.Node, each: (node: ts.Node) => void): void {
  each(node);
  ts.forEachChild(node, (child) => {
    visit(child, each);
  });
}

function idOf(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return template.templateSpans.reduce((text, { literal }, at) => `${text}{${at}}${literal.text}`, template.head.text);
}

const said = new Set<string>();
/** Texts of errors, findings and remedies that are not marked. */
const unmarked: string[] = [];
const shown = new Set(['message', 'remedy', 'title', 'why', 'sentence', 'reason', 'summary', 'cause']);

/** What makes an error of the texts that it is given. */
const refusals = new Set([
  'invalid',
  'invalidKey',
  'wrong',
  'usage',
  'refusal',
  'endpointError',
  'failAt',
  'fail',
  'problemAt',
]);

/** The texts that an expression may have, but for those that it takes from elsewhere. */
function texts(node: ts.Expression): ts.Expression[] {
  if (ts.isConditionalExpression(node)) return [...texts(node.whenTrue), ...texts(node.whenFalse)];
  if (ts.isParenthesizedExpression(node)) return texts(node.expression);
  if (ts.isBinaryExpression(node)) return [...texts(node.left), ...texts(node.right)];
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) ? [node] : [];
}

const words = (node: ts.Expression): string =>
  ts.isStringLiteralLike(node)
    ? node.text
    : ts.isTemplateExpression(node)
      ? [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join(' ')
      : '';

for (const file of parsed) {
  const mark = (node: ts.Expression): void => {
    for (const text of texts(node)) {
      if (!/[a-z]{2,} \S*[a-z]{2}/.test(words(text))) continue;
      const { line } = file.getLineAndCharacterOfPosition(text.getStart());
      unmarked.push(`${relative(source, file.fileName)}:${line + 1} ${text.getText()}`);
    }
  };
  visit(file, (node) => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'say') said.add(idOf(node.template));
    if (ts.isNewExpression(node) && node.expression.getText() === 'QuaysideError' && node.arguments?.[1])
      mark(node.arguments[1]);
    if (ts.isPropertyAssignment(node) && shown.has(node.name.getText())) mark(node.initializer);
    if (ts.isCallExpression(node) && refusals.has(node.expression.getText())) node.arguments.forEach(mark);
  });
}

const places = (text: string): string[] => [...text.matchAll(/\{\d+\}/g)].map(([place]) => place).toSorted();
const fill = (text: string, values: readonly string[]): string =>
  text.replaceAll(/\{(\d+)\}/g, (_, at: string) => values[Number(at)] ?? '');

describe('sentences of the core', () => {
  test('each has a translation with the same places in it, and nothing is translated that nobody says', () => {
    expect(said.size).toBeGreaterThan(1000);
    expect(Object.keys(german).toSorted()).toEqual([...said].toSorted());
    const other = Object.entries(german).filter(([english, text]) => places(english).join() !== places(text).join());
    expect(other).toEqual([]);
  });

  test('errors, findings and remedies are marked', () => {
    expect(unmarked).toEqual([]);
  });

  test('each can be told from what stands in it', () => {
    // Between two places next to each other nobody could say where one ends; a sentence of places alone fits everything.
    expect(
      [...said].filter((english) => english.includes('}{') || !/\p{L}/u.test(english.replaceAll(/\{\d+\}/g, ''))),
    ).toEqual([]);
  });

  test('each is found by what it says, whatever stands in it', () => {
    const book = new Phrasebook(german);
    const values = ['web', 'compose.prod.yml', '8080', 'sha256:0f3a', '17'];
    const wrong = Object.entries(german).flatMap(([english, text]) => {
      const [told, wanted] = [book.say(fill(english, values)), fill(text, values)];
      return told === wanted ? [] : [{ english, told, wanted }];
    });
    expect(wrong).toEqual([]);
  });
});
