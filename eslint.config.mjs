import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const root = dirname(fileURLToPath(import.meta.url));
const tests = [
  '**/*.test.{ts,tsx,mjs}',
  '**/fixtures/**',
  '{desktop,frontend}/e2e/**',
  'desktop/{snapshots,src/testing}/**',
];
const configs = ['**/*.config.{ts,mjs}', '**/.dependency-cruiser.mjs'];

const projects = [
  'desktop/tsconfig.std.json',
  'desktop/tsconfig.node.json',
  'desktop/tsconfig.dom.json',
  'desktop/tsconfig.preload.json',
  'desktop/tsconfig.e2e.json',
  'docker/tsconfig.json',
  'service/tsconfig.json',
  'backend/tsconfig.json',
  'frontend/tsconfig.server.json',
  'frontend/tsconfig.page.json',
  'frontend/tsconfig.e2e.json',
].filter((file) => existsSync(join(root, file)));

/** Packages of the desktop workspace that have one owner. `names` limits the ban to these exports. */
const owned = [
  { packages: ['dockerode', 'docker-modem'], owner: 'engine/docker' },
  { packages: ['yaml'], owner: 'engine/compose' },
  { packages: ['ws'], owner: 'api/serve/socket and hosts/web' },
  { packages: ['node:http', 'http'], names: ['createServer', 'Server'], owner: 'api/serve/http and hosts/web' },
  { packages: ['electron'], owner: 'hosts/electron' },
  { packages: ['@orpc/server', '@orpc/standard-server-peer'], owner: 'api' },
  { packages: ['@orpc/client'], owner: 'renderer/client, hosts/cli, hosts/electron/main and testing' },
  { packages: ['@orpc/contract'], owner: 'contract' },
  { packages: ['@base-ui/react'], owner: 'renderer/ui' },
  { packages: ['zustand'], owner: 'renderer/state' },
  { packages: ['commander'], owner: 'hosts/cli' },
  { packages: ['openid-client'], owner: 'hosts/web' },
];

/** Which folders may import which of them. Later entries win where folders overlap. */
const rooms = [
  { files: ['desktop/**'], may: [] },
  { files: ['desktop/src/contract/**'], may: ['@orpc/contract'] },
  {
    files: [
      'desktop/src/engine/**/*.test.ts',
      'desktop/src/engine/**/fixtures/**',
      'desktop/bench/**',
      'desktop/e2e/**',
    ],
    may: ['node:http'],
  },
  // It compares two ways over the same wire.
  { files: ['desktop/bench/support/log-wire.ts'], may: ['@orpc/client', '@orpc/server'] },
  { files: ['desktop/src/engine/docker/**'], may: ['dockerode'] },
  {
    files: ['desktop/src/engine/docker/**/*.test.ts', 'desktop/src/engine/docker/**/fixtures/**'],
    may: ['dockerode', 'node:http'],
  },
  { files: ['desktop/src/engine/compose/**'], may: ['yaml'] },
  { files: ['desktop/src/api/**'], may: ['@orpc/server'] },
  { files: ['desktop/src/api/serve/socket*'], may: ['@orpc/server', 'ws'] },
  { files: ['desktop/src/api/serve/http*'], may: ['@orpc/server', 'node:http'] },
  { files: ['desktop/src/api/**/*.test.ts'], may: ['@orpc/server', '@orpc/client', 'ws', 'node:http'] },
  { files: ['desktop/src/hosts/electron/**', 'desktop/electron.vite.config.ts'], may: ['electron'] },
  { files: ['desktop/src/hosts/electron/main/**'], may: ['electron', '@orpc/client'] },
  { files: ['desktop/src/hosts/web/**'], may: ['ws', 'node:http', 'openid-client'] },
  { files: ['desktop/src/hosts/cli/**'], may: ['commander', '@orpc/client'] },
  { files: ['desktop/src/renderer/client/**'], may: ['@orpc/client'] },
  { files: ['desktop/src/renderer/state/**'], may: ['zustand'] },
  { files: ['desktop/src/renderer/ui/**'], may: ['@base-ui/react'] },
  { files: ['desktop/src/testing/**'], may: ['@orpc/client', '@orpc/server', 'ws', 'node:http', 'electron'] },
];

function ban({ packages, names, owner }) {
  const message = `Only ${owner} may import this.`;
  return names
    ? packages.map((name) => ({ name, importNames: names, message, allowTypeImports: true }))
    : packages.map((name) => ({ regex: `^${name}(/|$)`, message }));
}

const ownership = rooms.map(({ files, may }) => {
  const bans = owned.filter(({ packages }) => !packages.some((name) => may.includes(name))).flatMap(ban);
  const options = {
    paths: bans.filter((entry) => 'name' in entry),
    patterns: bans.filter((entry) => 'regex' in entry),
  };
  const plugins = { '@typescript-eslint': tseslint.plugin };
  return { files, plugins, rules: { '@typescript-eslint/no-restricted-imports': ['error', options] } };
});

const namedExportsOnly = [
  { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' },
  { selector: 'ExportSpecifier[exported.name="default"]', message: 'Use a named export.' },
];

const size = (file, unit) => ({
  'max-lines': ['error', { max: file, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': unit ? ['error', { max: unit, skipBlankLines: true, skipComments: true }] : 'off',
});

export default defineConfig(
  { ignores: ['**/node_modules/', '**/out/', '**/dist/', '**/coverage/', '**/test-results/', '**/playwright-report/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  { rules: { ...size(350, 60), 'no-restricted-syntax': ['error', ...namedExportsOnly], eqeqeq: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: projects, tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  { files: ['**/*.tsx'], rules: size(350, 120) },
  { files: ['desktop/src/renderer/**', 'frontend/**/*.tsx'], extends: [reactHooks.configs.flat.recommended] },
  { files: ['desktop/src/engine/**', 'desktop/src/api/**'], rules: { 'no-console': 'error' } },
  { files: ['**/*.mjs'], languageOptions: { globals: globals.node } },
  { files: tests, rules: size(500, 0) },
  { files: configs, rules: { 'no-restricted-syntax': 'off' } },
  ...ownership,
);
