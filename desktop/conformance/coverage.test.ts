import { expect, test } from 'vitest';
import { castPaths } from '#engine/compose/interpolate/cast.ts';
import { mergeRulePaths } from '#engine/compose/merge/merge.ts';
import { uniquePaths } from '#engine/compose/merge/unique.ts';
import { modelTables } from './cases/all.ts';
import { isRefused, mergedPaths, seenForms, wantedForms } from './coverage.ts';

const cases = modelTables.flatMap((table) => table.cases);
const options = { timeout: 60_000 };

test('every attribute of the specification is in a case, in every form', options, () => {
  const seen = seenForms(cases);
  expect(wantedForms().filter((form) => !seen.has(form))).toEqual([]);
});

test('every path with a rule of its own for merging is merged in a case', options, () => {
  const isMerged = mergedPaths(cases);
  const wanted = [...mergeRulePaths, ...uniquePaths].filter((path) => !isRefused(path));
  expect(wanted.filter((path) => !isMerged(path))).toEqual([]);
});

test('every path at which texts become numbers or booleans has a case with a variable', options, () => {
  const texts = modelTables.find(({ name }) => name === 'casts')?.cases ?? [];
  const seen = new Set([...seenForms(texts)].map((form) => form.replace(/ \(.*/, '')));
  const asForm = (path: string): string => path.replaceAll(/\.(ports|volumes|devices)\.\*/g, '.$1[]');
  const forms = castPaths.map(asForm).filter((path) => !path.includes('ulimits'));
  expect(forms.filter((path) => !seen.has(path))).toEqual([]);
});
