import { inRoot, root } from './paths.mjs';
import { tool } from './tools.mjs';

export const parts = ['unit', 'snapshots', 'docker', 'e2e'];

/** The parts that need an engine, and those that need a browser; both need the build. */
export const enginePart = (part) => part === 'docker' || part === 'e2e';
export const browserPart = (part) => part === 'snapshots' || part === 'e2e';

/** Where the report of a run goes; test-results is not kept in git. */
export const reportOf = (name) => inRoot('test-results', `${name.replaceAll(' ', '-')}.json`);

const vitest = (name, part, cwd, ...args) => ({
  name,
  part,
  cwd,
  kind: 'vitest',
  command: tool(
    'vitest',
    'run',
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportOf(name)}`,
  ),
});

const playwright = (name, part, cwd, ...args) => ({
  name,
  part,
  cwd,
  kind: 'playwright',
  command: tool('playwright', 'test', ...args, '--reporter=list,json'),
});

/** How long a run may take, in seconds: several times what it needs, and little enough to hear of a hanging test. */
export const deadlines = { unit: 1200, snapshots: 300, docker: 3000, e2e: 2400 };

/** Every run of `npm test`, in order. */
export const runs = [
  vitest('scripts', 'unit', root, '--dir', 'scripts'),
  vitest('desktop unit', 'unit', inRoot('desktop'), '--project', 'unit'),
  vitest('service', 'unit', inRoot('service')),
  vitest('backend', 'unit', inRoot('backend')),
  vitest('frontend', 'unit', inRoot('frontend')),
  playwright('snapshots', 'snapshots', inRoot('desktop'), '--config', 'playwright.snapshots.config.ts'),
  vitest('shop', 'docker', inRoot('docker')),
  vitest('desktop docker', 'docker', inRoot('desktop'), '--project', 'docker'),
  playwright('e2e', 'e2e', inRoot('desktop')),
  playwright('shop e2e', 'e2e', inRoot('frontend')),
];
