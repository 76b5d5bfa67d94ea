import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { environmentName } from '@shop/service/config/names';
import { settingsTable } from '@shop/service/testing/settings-table';
import { expect, test } from 'vitest';
import { configDefinition } from './config.ts';

const project = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

test('the table in the documentation is that of the schema', async () => {
  const table = settingsTable('Settings of the frontend', configDefinition);
  await expect(table).toMatchFileSnapshot(project('docs/frontend-configuration.md'));
});

test(".env.example names every setting that is not the image's own", async () => {
  const example = await readFile(project('.env.example'), 'utf8');
  const ofTheImage = new Set(['APP_VERSION', 'ENVIRONMENT', 'HOST', 'PORT', 'BACKEND_URL']);
  const names = Object.keys(configDefinition.schema.shape).map(environmentName);
  const missing = names.filter((name) => !ofTheImage.has(name) && !new RegExp(`^#?${name}=`, 'm').test(example));
  expect(missing).toEqual([]);
});
