import { inRoot } from './paths.mjs';

const programs = {
  biome: '@biomejs/biome/bin/biome',
  depcruise: 'dependency-cruiser/bin/dependency-cruiser.mjs',
  eslint: 'eslint/bin/eslint.js',
  knip: 'knip/bin/knip.js',
  playwright: '@playwright/test/cli.js',
  tsc: 'typescript/bin/tsc',
  vitest: 'vitest/vitest.mjs',
};

/** The command line of an installed tool, run by the Node that runs this script, on every platform the same. */
export const tool = (name, ...args) => [process.execPath, [inRoot('node_modules', programs[name]), ...args]];
