import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const renderer = join(import.meta.dirname, '..', 'renderer');

interface Tree {
  readonly [key: string]: string | Tree;
}

/** Every text of a language under its key, `stack:verb.up`. */
function catalog(language: string): Map<string, string> {
  const folder = join(renderer, 'words', language);
  const texts = new Map<string, string>();
  const walk = (tree: Tree, key: string): void => {
    for (const [name, value] of Object.entries(tree)) {
      const path = key.endsWith(':') ? `${key}${name}` : `${key}.${name}`;
      if (typeof value === 'string') texts.set(path, value);
      else walk(value, path);
    }
  };
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    walk(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Tree, `${file.slice(0, -'.json'.length)}:`);
  }
  return texts;
}

const en = catalog('en');
const de = catalog('de');
const places = (text: string): string[] => [...text.matchAll(/\{\{?\s*(\w+)/g)].map(([, name = '']) => name).toSorted();

/** Files of the page with words in them: not tests, not the gallery, which only developers see. */
function sources(folder = renderer): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'gallery' || entry.name === 'words' ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const parsed = sources().map((path) => {
  const text = readFileSync(path, 'utf8');
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return {
    path: path.slice(renderer.length + 1),
    file: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind),
  };
});

function visit(node: ts.Node, each: (node: ts.Node) => void): void {
  each(node);
  ts.forEachChild(node, (child) => {
    visit(child, each);
  });
}

describe('catalogs', () => {
  test('both languages say the same things, with the same places in them', () => {
    expect([...de.keys()].toSorted()).toEqual([...en.keys()].toSorted());
    const otherPlaces = [...en].filter(([key, text]) => places(text).join() !== places(de.get(key) ?? '').join());
    expect(otherPlaces.map(([key]) => key)).toEqual([]);
    expect([...en, ...de].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('what is counted has a singular and a plural', () => {
    const counted = [...en.keys()].filter((key) => /_(one|other)$/.test(key));
    for (const key of counted)
      expect(en.has(key.replace(/_(one|other)$/, key.endsWith('_one') ? '_other' : '_one')), key).toBe(true);
  });

  test('German is German: few texts are the same in both, and those are names and terms', () => {
    const same = [...en].filter(
      ([key, text]) => de.get(key) === text && /[a-z]{3}/.test(text.replaceAll(/\{\{[^}]*\}\}/g, '')),
    );
    expect(same.length / en.size).toBeLessThan(0.12);
    // A sentence that is the same was forgotten.
    expect(same.filter(([, text]) => text.split(' ').length > 3)).toEqual([]);
  });

  test('every text is said somewhere', () => {
    const used = new Set<string>();
    const begun: string[] = [];
    for (const { file } of parsed) {
      visit(file, (node) => {
        if (ts.isStringLiteralLike(node)) used.add(node.text);
        else if (ts.isTemplateExpression(node)) begun.push(node.head.text);
      });
    }
    const prefixes = begun.filter((head) => /^\w+:/.test(head));
    const unsaid = [...en.keys()]
      .map((key) => key.replace(/_(one|other)$/, ''))
      .filter((key) => !used.has(key) && !prefixes.some((head) => key.startsWith(head)));
    expect([...new Set(unsaid)]).toEqual([]);
  });
});

/** Attributes that are read or read out. */
const spoken = new Set([
  'title',
  'label',
  'placeholder',
  'note',
  'sentence',
  'aria-label',
  'alt',
  'aside',
  'heading',
  'message',
  'hint',
  'said',
]);
/** What stands in the page as it is in every language. */
const everywhere =
  /^(?:Quayside|Docker|Docker Compose|Docker Engine|docker compose|JSON|NDJSON|UTC|CPU|Ctrl K|English|Deutsch|ms|Ctrl|Enter|Escape|Esc|Tab|Space|quayside\.yml|quayside deploy VERSION)$/;
const isWords = (text: string): boolean => /[A-Za-z]{2}/.test(text) && !everywhere.test(text.trim());

test('no words of the page stand in its code', () => {
  const found: string[] = [];
  for (const { path, file } of parsed) {
    visit(file, (node) => {
      const text = ts.isJsxText(node)
        ? node.text
        : ts.isJsxAttribute(node) &&
            spoken.has(node.name.getText(file)) &&
            node.initializer !== undefined &&
            ts.isStringLiteral(node.initializer)
          ? node.initializer.text
          : '';
      if (!isWords(text)) return;
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      found.push(`${path}:${line + 1} ${text.trim()}`);
    });
  }
  expect(found).toEqual([]);
});

/** Whether it is said in the language of the page, or only looked at: compared with what is shown elsewhere. */
function isTold(node: ts.Node): boolean {
  let up = node.parent;
  for (; !ts.isJsxExpression(up); up = up.parent) {
    if (ts.isCallExpression(up) || ts.isArrowFunction(up)) return true;
    if (ts.isBinaryExpression(up) && /^[!=]==/.test(up.operatorToken.getText())) return true;
  }
  return ts.isJsxAttribute(up.parent) && up.parent.name.getText() === 'shown';
}

const inJsx = (node: ts.Node): boolean => {
  for (let up = node.parent; !ts.isSourceFile(up); up = up.parent) {
    if (ts.isJsxExpression(up)) return true;
    if (ts.isFunctionLike(up)) return false;
  }
  return false;
};

test('what the core says is shown in the language of the page', () => {
  const said =
    /(?:problem|refused|unread|unkept|broken|end|stack|service|change)\??\.(?:message|remedy|summary|sentence|reason)$/i;
  const found: string[] = [];
  for (const { path, file } of parsed) {
    visit(file, (node) => {
      if (!ts.isPropertyAccessExpression(node) || !said.test(node.getText(file)) || !inJsx(node) || isTold(node))
        return;
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      found.push(`${path}:${line + 1} ${node.getText(file)}`);
    });
  }
  expect(found).toEqual([]);
});
