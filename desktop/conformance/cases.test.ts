import { expect, test } from 'vitest';
import { readPlainYaml } from '#engine/compose/parse/plain-yaml.ts';
import { parseFullYaml } from '#engine/compose/parse/yaml.ts';
import { Source } from '#engine/compose/tree/source.ts';
import { areas } from './areas.ts';
import { modelTables } from './cases/all.ts';
import { known } from './cases/known.ts';
import { supportPage } from './support-page.ts';

test('names are unique within an area, and areas are', () => {
  for (const names of [areas.map(({ name }) => name), ...areas.map(({ items }) => items.map(({ name }) => name))]) {
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  }
});

test('docs/compose-support.md lists areas and known differences as the tables have them', async () => {
  await expect(supportPage(areas)).toMatchFileSnapshot('../../docs/compose-support.md');
});

test('every known difference belongs to an item', () => {
  const names = new Map(areas.map(({ name, items }) => [name, new Set(items.map((item) => item.name))]));
  const astray = Object.entries(known).flatMap(([area, differences]) =>
    Object.keys(differences).filter((item) => names.get(area)?.has(item) !== true),
  );
  expect(astray).toEqual([]);
});

/** What the full reader says, or undefined where it refuses. */
function full(source: Source): unknown {
  try {
    return parseFullYaml(source);
  } catch {
    return undefined;
  }
}

test('both YAML readers say the same about every file of the cases, and the plain one mostly dares', {
  timeout: 60_000,
}, () => {
  const texts = modelTables.flatMap(({ cases }) => cases.flatMap((one) => Object.values(one.files)));
  const dared = texts.filter((text) => {
    const source = new Source('/project/compose.yml', 'compose.yml', text);
    const plain = readPlainYaml(source);
    if (plain !== undefined) expect([plain], text).toEqual(full(source));
    return plain !== undefined;
  });
  expect(dared.length).toBeGreaterThan(texts.length / 4);
});
