import { lstat, mkdir, readdir, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { folderWith, plant, type Tree } from '../fixtures/folder.ts';
import { docker } from '../fixtures/real-engine.ts';
import { listingFor, requestFor } from '../fixtures/request.ts';

/** What the rules are tried on. */
const tree: Tree = {
  'a.txt': 'a',
  'a.md': 'a',
  '.env': 'a',
  'a^b': 'a',
  'a.b': 'a',
  axb: 'a',
  'a-b': 'a',
  'd1/e]f': 'a',
  '[x]': 'a',
  'x*y': 'a',
  'back\\slash': 'a',
  '#hash': 'a',
  '!bang': 'a',
  ' lead': 'a',
  'we ird': 'a',
  'über.txt': 'a',
  '日本/語.txt': 'a',
  'node_modules/p/index.js': 'a',
  'node_modules/p/keep.md': 'a',
  'node_modules/.bin/x': { link: '../p/index.js' },
  'src/a.ts': 'a',
  'src/deep/er/b.ts': 'a',
  'src/deep/er/b.test.ts': 'a',
  'src/deep/node_modules/q/i.js': 'a',
  'docs/a.md': 'a',
  'docs/sub/b.md': 'a',
  'script.sh': { text: '#!/bin/sh\n', mode: 0o755 },
  dangling: { link: '/nonexistent/target' },
  'hollow/inner': null,
};

const rules: Readonly<Record<string, string>> = {
  none: '',
  'plain names and comments': '# comment\n\nnode_modules\n.env  \n   docs\n #hash\n',
  'leading, trailing and doubled slashes': '/a.txt\ndocs/\n//src//deep\n/\n',
  'dots are cleaned': './a.txt\nsrc/../docs\n../x\n.\nsrc/./deep/er/../er/b.ts\n',
  'a star stays in its folder': '*.md\n*/*.md\n',
  'two stars': '**/*.md\n**/node_modules\n',
  'two stars inside': 'src/**/b.ts\nsrc/**/*.test.ts\n',
  'two stars at the end': 'src/**\n!src/a.ts\n',
  'two stars before text': '**dules\n**.ts\n',
  'two stars alone, then back': '**\n!docs\n!docs/**\n!src/deep/er\n',
  'stars and stars': '**/**\n!**/b.ts\n',
  'everything, then some': '*\n!src\n!docs/*.md\nsrc/deep\n',
  'back in a folder that is out': 'node_modules\n!node_modules/p/keep.md\n',
  'back anywhere': 'node_modules\nsrc\n!**/*.md\n!**/b.ts\n',
  'the last one counts': 'docs\n!docs\ndocs/sub\n!docs/sub/b.md\ndocs/sub/*.md\n',
  'back before out': '!docs\ndocs\n',
  'back below, out above later': '!docs/sub\ndocs\n',
  'with blanks after the mark': 'docs\n!  docs/a.md\n',
  'question marks': 'a?b\n?.txt\n日?/語.txt\n',
  classes: '[a-c].txt\nsrc/[^a]*\n[[]x]\n',
  'a class that may match a slash': 'src[^x]a.ts\ndocs[!-~]a.md\n',
  'an odd class': 'd1/e[\\]]f\n',
  'a star in a class': 'x[*]y\n',
  'letters behind a backslash': 'a\\wb\n\\d1\n',
  escapes: 'x\\*y\nback\\\\slash\n\\#hash\n\\!bang\n\\[x\\]\n',
  'a caret': 'a^b\nsrc^*\n',
  'characters of regular expressions': 'a.b\na+b\n(a)\n{a,b}\na|b\n$x\n',
  'windows line ends and a mark': '\uFEFFdocs\r\nsrc\r\n!src/a.ts\r\n',
  'rules about itself': '.dockerignore\n*.md\n',
  'posix classes': '[[:alpha:]].txt\nd[[:digit:]]\n',
  unicode: 'über*\n日本\n',
  'a suffix of a name': '**/er\n**ss\n',
  'deep back': '*\n!*/*/*/b.ts\n',
  links: 'dangling\nnode_modules/.bin\n',
  hollow: 'hollow/inner\n',
  'hollow out': 'hollow\n!hollow/inner\n',
};

interface Case {
  readonly tree: Tree;
  readonly ignore: string;
}

/** What the reference builder finds in each context, all asked in one build. Keys are paths, values kind, mode and target. */
async function askReference(cases: readonly Case[]): Promise<Record<string, string>[]> {
  const root = await folderWith({ 'empty/.keep': '' });
  const copies = cases.map((_, index) => `COPY --from=c${index} . /c${index}/`);
  await writeFile(join(root, 'Dockerfile'), ['FROM scratch', ...copies].join('\n'));
  const contexts: string[] = [];
  for (const [index, one] of cases.entries()) {
    await plantCase(join(root, `c${index}`), one);
    contexts.push('--build-context', `c${index}=${join(root, `c${index}`)}`);
  }
  const out = join(root, 'out');
  await docker(
    'buildx',
    'build',
    '-q',
    '-f',
    join(root, 'Dockerfile'),
    ...contexts,
    '-o',
    `type=local,dest=${out}`,
    join(root, 'empty'),
  );
  return Promise.all(cases.map((_, index) => list(join(out, `c${index}`))));
}

async function plantCase(folder: string, one: Case): Promise<void> {
  await mkdir(folder, { recursive: true });
  await plant(folder, one.tree);
  await writeFile(join(folder, '.dockerignore'), one.ignore);
}

async function list(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const paths = await readdir(folder, { recursive: true }).catch(() => []);
  for (const path of paths.sort()) {
    const stats = await lstat(join(folder, path));
    const mode = (stats.mode & 0o7777).toString(8);
    if (stats.isSymbolicLink()) found[path] = `link ${await readlink(join(folder, path))}`;
    else found[path] = stats.isDirectory() ? `folder ${mode}` : `file ${mode}`;
  }
  return found;
}

async function askOurs(one: Case): Promise<Record<string, string>> {
  const root = await folderWith({ Dockerfile: 'FROM scratch\n' });
  const context = join(root, 'context');
  await plantCase(context, one);
  const listing = await listingFor(requestFor(context, { dockerfile: join(root, 'Dockerfile') }));
  return Object.fromEntries(
    listing.entries.map((entry) => {
      if (entry.kind === 'link') return [entry.path, `link ${entry.target}`];
      return [entry.path, `${entry.kind} ${entry.mode.toString(8)}`];
    }),
  );
}

describe('what is sent to a build', () => {
  test('is what the reference builder takes, for each of the tricky rules', async () => {
    const cases = Object.values(rules).map((ignore) => ({ tree, ignore }));
    const reference = await askReference(cases);
    for (const [index, name] of Object.keys(rules).entries()) {
      const ours = await askOurs(cases[index] ?? { tree, ignore: '' });
      expect.soft(ours, name).toEqual(reference[index]);
    }
  });

  test.each(['[', '[]', '[a', '[]a]', '[a-]', 'a\\', '!', '!  ', 'a[', '[b-a]*', '\\y', '[[:nope:]]'])(
    'refuses the pattern %j exactly when the reference builder does',
    async (pattern) => {
      const one = { tree: { a: 'a' }, ignore: `${pattern}\n` };
      const refused = (work: Promise<unknown>): Promise<boolean> =>
        work.then(
          () => false,
          () => true,
        );
      expect(await refused(askOurs(one))).toBe(await refused(askReference([one])));
    },
  );

  const part = fc.constantFrom('a', 'b', 'ab', 'c.d', 'x-y', '.e');
  const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const files = fc.uniqueArray(path, { minLength: 3, maxLength: 14 }).map((paths) => {
    const kept = paths.filter((one) => !paths.some((other) => other.startsWith(`${one}/`)));
    return Object.fromEntries(kept.map((one) => [one, 'a']));
  });
  const glob = fc.oneof(
    part,
    fc.constantFrom('*', '**', '?', 'a*', '*b', '[ab]', '[^a]', '**b', 'a**', '..', '.', '\\a', 'c?d'),
  );
  const rule = fc
    .tuple(
      fc.constantFrom('', '', '!'),
      fc.constantFrom('', '', '/'),
      fc.array(glob, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('', '/'),
    )
    .map(([mark, start, parts, end]) => `${mark}${start}${parts.join('/')}${end}`);
  const oneCase = fc.record({
    tree: files,
    ignore: fc.array(rule, { minLength: 1, maxLength: 5 }).map((all) => all.join('\n')),
  });

  test('is what the reference builder takes, for any tree and rules', async () => {
    // Real builds of forty contexts each; a difference names its context, which is better than shrinking builds.
    for (const batch of fc.sample(fc.array(oneCase, { minLength: 40, maxLength: 40 }), 2)) {
      const ours = await Promise.all(batch.map((one) => askOurs(one).catch(() => undefined)));
      const [refused] = batch.filter((_, index) => ours[index] === undefined);
      if (refused !== undefined)
        await expect(askReference([refused]), JSON.stringify(refused)).rejects.toThrow('pattern');
      const accepted = batch.filter((_, index) => ours[index] !== undefined);
      const reference = await askReference(accepted);
      const found = ours.filter((one) => one !== undefined);
      for (const [index, one] of accepted.entries()) {
        expect.soft(found[index], JSON.stringify(one)).toEqual(reference[index]);
      }
    }
  });
});
