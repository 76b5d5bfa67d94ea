import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { configYaml, loadModel } from '../index.ts';
import { byReference, byUs, requestOf, withFolder } from './both.ts';
import type { Case } from './case.ts';
import { mergeCases } from './cases-merge.ts';
import { syntaxCases } from './cases-syntax.ts';
import { variableCases } from './cases-variables.ts';

/** Both tools read the case; the models have to be equal, or both have to refuse, unless the case says why they differ. */
async function compare(one: Case): Promise<void> {
  await withFolder(one, async (folder) => {
    const [reference, ours] = await Promise.all([byReference(one, folder), byUs(one, folder)]);
    if (one.differs !== undefined) {
      expect({ us: ours.ok, reference: reference.ok }).toEqual({
        us: one.differs.refusedBy !== 'us',
        reference: one.differs.refusedBy !== 'reference',
      });
    } else if (reference.ok) {
      expect(ours).toEqual(reference);
    } else {
      expect(ours.ok, `the reference tool refuses: ${reference.message}`).toBe(false);
    }
  });
}

describe('the model is the one of docker compose config', () => {
  test.concurrent.for([...syntaxCases])('$name', compare);
});

describe('files are merged as docker compose does', () => {
  test.concurrent.for([...mergeCases])('$name', compare);
});

describe('variables, scalars and env files are read as docker compose does', () => {
  test.concurrent.for([...variableCases])('$name', compare);
});

test('the YAML form says the same as the JSON form', async () => {
  const one = mergeCases[0];
  if (one === undefined) throw new Error('there are no cases');
  await withFolder(one, async (folder) => {
    const yaml: unknown = parse(configYaml(await loadModel(requestOf(one, folder))));
    const reference = await byReference(one, folder);
    expect({ ok: true, config: yaml }).toEqual(reference);
  });
});
