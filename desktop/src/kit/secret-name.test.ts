import { expect, test } from 'vitest';
import { isSecretName } from './secret-name.ts';

test.each([
  'DB_PASSWORD',
  'OPENAI_API_KEY',
  'apiKey',
  'GITHUB_TOKEN',
  'CLIENT_SECRET',
  'NPM_AUTH',
  'KEY',
  'POSTGRES_PASS',
])('%s names a secret', (name) => {
  expect(isSecretName(name)).toBe(true);
});

test.each(['LOG_LEVEL', 'PORT', 'KEYBOARD', 'MONKEY', 'AUTHOR', 'BACKEND_URL'])('%s does not', (name) => {
  expect(isSecretName(name)).toBe(false);
});
