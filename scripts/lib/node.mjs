import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { Trouble } from './trouble.mjs';

const platform = { linux: 'linux', win32: 'win' }[process.platform];
const mark = 'QUAYSIDE_NODE_CHOSEN';

/** The Node that came with the dependencies; undefined where there is no such package for this platform. */
function bundledNode() {
  const path = inRoot(
    'node_modules',
    `node-${platform}-${process.arch}`,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  return existsSync(path) ? path : undefined;
}

const [major, minor] = process.versions.node.split('.').map(Number);
const newEnough = major > 22 || (major === 22 && minor >= 12);

/**
 * Runs the script again under the project's own Node where another runs it, and then ends with that run's exit status.
 * Returns when the running Node is the right one.
 */
export async function ensureNode(script) {
  const bundled = bundledNode();
  if (major === 24 || process.env[mark]) return;
  if (!bundled) {
    if (newEnough) return;
    throw new Trouble(
      `Node ${process.versions.node} is too old, and there is no Node package for ${process.platform}-${process.arch}.`,
      'Install Node 24 (22.12 or newer will do): https://nodejs.org',
    );
  }
  const child = spawn(bundled, [script, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, [mark]: '1' },
  });
  // A terminal sends Ctrl-C to both; this one waits for the other to end in good order.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (status) => resolve(status ?? 1));
  });
  process.exit(code);
}
