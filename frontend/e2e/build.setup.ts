import { join } from 'node:path';
import { test } from '@playwright/test';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');

test('the page builds', async () => {
  await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
});
