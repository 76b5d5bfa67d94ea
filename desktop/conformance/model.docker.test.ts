import { expect, test } from 'vitest';
import { configYaml, loadModel, parseYamlDocument } from '#engine/compose/index.ts';
import { requestOf, withFolder } from './case.ts';
import { mergeCases } from './cases/merge.ts';
import { differences } from './differences.ts';
import { judge, unexpected } from './judge.ts';
import { byReference, modelAreas } from './model.ts';
import { mainReference } from './reference.ts';

const reference = await mainReference();

test.for(modelAreas)('$name: the model is the one of docker compose config', async (area) => {
  expect(unexpected(await judge(area, reference))).toEqual([]);
});

test('the YAML form says the same as the JSON form', async () => {
  const one = mergeCases[0];
  if (one === undefined) throw new Error('there are no cases');
  await withFolder(one, async (folder) => {
    const yaml = configYaml(await loadModel(requestOf(one, folder)), reference.profile);
    const theirs = await byReference(one, folder, reference);
    expect(differences({ ok: true, config: parseYamlDocument(yaml, 'compose.yml') }, theirs)).toEqual([]);
  });
});
