#!/usr/bin/env -S node --
// Without the two dashes, Node itself looks for the file of --env-file, and ends where it is missing.
// Runs on any Node from 18 on; the command itself needs 22.12, which the project brings along where the machine has none.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const desktop = dirname(dirname(fileURLToPath(import.meta.url)));
const command = join(desktop, 'out', 'hosts', 'cli.js');

if (!existsSync(command)) fail('Quayside has not been built yet.', 'Run: npm install && npm run build');
else if (isRecent(process.versions.node)) await import(command);
else runWith(ownNode());

function isRecent(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 12);
}

/** The Node that npm installed for this machine as an optional dependency. */
function ownNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    const file = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

function runWith(node) {
  if (node === undefined) {
    fail(
      `Quayside needs Node 22.12 or newer; this is ${process.versions.node}.`,
      'Run: npm install, or install a newer Node.',
    );
    return;
  }
  const child = spawn(node, ['--', fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl+C reaches both; the other signals are passed on, and the command decides how it ends.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`${node} did not start: ${error.message}`, 'Run: npm install'));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
  });
}

function fail(message, remedy) {
  process.stderr.write(`quayside: ${message}\n${remedy}\n`);
  process.exitCode = 1;
}
