import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { load } from '../testing.ts';
import { forms, labelled, scalars } from './fixtures/golden-vectors.ts';
import { serviceText } from './hash.ts';

async function textOf(
  body: string,
  files: Readonly<Record<string, string>> = {},
): Promise<{ text: string; folder: string }> {
  const lines = body.replaceAll('\n', '\n    ');
  const model = await load({
    'compose.yml': `name: p\nservices:\n  a:\n    ${lines}\nvolumes: {named2: }\n`,
    ...files,
  });
  const service = model.services.get('a');
  if (service === undefined) throw new Error('a is missing');
  return { text: serviceText(service, 'P5'), folder: model.directory };
}

test.for(forms)('%s is serialised as recorded', async ([body, json]) => {
  expect((await textOf(`image: x\n${body}`)).text).toContain(json);
});

test.for(scalars)('the value %s is the text %s', async ([yaml, text]) => {
  const made = await textOf(`image: x\nenvironment:\n  V: ${yaml}`);
  expect(made.text).toContain(`"environment":{"V":${JSON.stringify(text)}}`);
});

test('a service with label file, env file and watch has the recorded text and hash', async () => {
  const { text, folder } = await textOf(labelled.body, { 'l.env': 'FROMFILE=1\nz=2\n', 'e.env': 'X=1\n' });
  const moved = text.replaceAll(folder, labelled.folder);
  expect(moved).toBe(labelled.text);
  expect(createHash('sha256').update(moved).digest('hex')).toBe(labelled.hash);
});
