import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inRoot } from './paths.mjs';

const text = (...path) => readFileSync(inRoot(...path), 'utf8');
const found = (pattern, content) => new Set([...content.matchAll(pattern)].map(([, name]) => name));

test('every variable in .env.example is one that a service or a compose file reads, and the other way round', () => {
  const files = readdirSync(inRoot()).filter((name) => /^docker-compose\..*\.yml$/.test(name));
  const compose = found(/\$\{([A-Z_]+)/g, files.map((name) => text(name)).join());
  const settings = found(
    /`([A-Z_]+)`/g,
    ['backend', 'frontend'].map((name) => text('docs', `${name}-configuration.md`)).join(),
  );
  const example = found(/^#?([A-Z_]+)=/gm, text('.env.example'));
  expect([...example].filter((name) => !compose.has(name) && !settings.has(name))).toEqual([]);
  expect([...compose].filter((name) => !example.has(name))).toEqual([]);
});
