import { loadModel } from '#engine/compose/index.ts';
import type { Area, Verdict } from './area.ts';
import { type Case, cliArguments, environmentOf, requestOf, withFolder } from './case.ts';
import { withKnown } from './cases/all.ts';
import { warningCases } from './cases/warnings.ts';
import { pooled } from './pooled.ts';
import type { Reference } from './reference.ts';

const cases = withKnown('warnings', warningCases);

/** What a text warns of: variables that are not set, and the attribute `version`. */
const warnedOf = (texts: readonly string[], variable: RegExp, version: RegExp): string[] => {
  const found = texts.flatMap((text) => [
    ...[...text.matchAll(variable)].map((match) => `variable ${match[1] ?? ''}`),
    ...(version.test(text) ? ['version'] : []),
  ]);
  return [...new Set(found)].sort();
};

async function compareWarnings(one: Case, reference: Reference): Promise<Verdict> {
  return withFolder(one, async (folder) => {
    const options = { cwd: folder, env: environmentOf(one) };
    const { stderr } = await reference.run([...cliArguments(one), 'config', '--format', 'json'], options);
    const model = await loadModel(requestOf(one, folder));
    const theirs = warnedOf(stderr.split('\n'), /The \\?"([^"\\]*)\\?" variable is not set/g, /`version` is obsolete/);
    const ours = warnedOf(
      model.warnings.map(({ message }) => message),
      /the variable (\S+) is not set/g,
      /"version" is obsolete/,
    );
    if (ours.join() === theirs.join()) return undefined;
    return `ours: ${ours.join(', ') || 'nothing'}; theirs: ${theirs.join(', ') || 'nothing'}`;
  });
}

export const warningAreas: readonly Area[] = [
  {
    name: 'warnings',
    about: 'variables without a value, and what is obsolete',
    items: cases,
    async check(_, reference) {
      return new Map(await pooled(cases, 4, async (one) => [one.name, await compareWarnings(one, reference)] as const));
    },
  },
];
