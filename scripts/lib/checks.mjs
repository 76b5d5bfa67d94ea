import { existsSync, readFileSync } from 'node:fs';
import { inRoot, root } from './paths.mjs';
import { tool } from './tools.mjs';

const types = () =>
  JSON.parse(readFileSync(inRoot('tsconfig.json'), 'utf8')).references.map(({ path }) => ({
    name: `types ${path}`,
    cwd: root,
    command: tool('tsc', '--project', inRoot(path)),
  }));

const rooms = () => {
  const folders = [
    'src',
    'e2e',
    'snapshots',
    'bench',
    'conformance',
    '../docker',
    '../service/src',
    '../backend/src',
    '../frontend/src',
  ].filter((path) => existsSync(inRoot('desktop', path)));
  return {
    name: 'rooms',
    cwd: inRoot('desktop'),
    command: tool('depcruise', '--config', '.dependency-cruiser.mjs', ...folders),
  };
};

/** Lint by types may miss what a change elsewhere causes in a file that has not changed, so CI looks at every file anew. */
const lintCache = () =>
  process.env.CI === 'true'
    ? []
    : ['--cache', '--cache-strategy', 'content', '--cache-location', inRoot('node_modules', '.cache', 'eslint')];

/** Every check of the code itself, the longest first. */
export const checks = () => [
  {
    name: 'lint',
    cwd: root,
    command: tool('eslint', '.', '--max-warnings', '0', ...lintCache()),
  },
  ...types(),
  rooms(),
  { name: 'unused', cwd: root, command: tool('knip') },
  { name: 'format', cwd: root, command: tool('biome', 'format', '.') },
  { name: 'accessibility', cwd: root, command: tool('biome', 'lint', '.') },
];
