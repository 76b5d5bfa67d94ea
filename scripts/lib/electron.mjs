import { existsSync, readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';

function hasDisplay(env) {
  return process.platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}

/** Electron's executable; undefined where it was not downloaded. */
export function electronExecutable() {
  const names = inRoot('node_modules', 'electron', 'path.txt');
  if (!existsSync(names)) return undefined;
  const path = inRoot('node_modules', 'electron', 'dist', readFileSync(names, 'utf8').trim());
  return existsSync(path) ? path : undefined;
}

/** Why the desktop window cannot open here; undefined when it can. */
export function whyNoWindow(env = process.env) {
  if (!hasDisplay(env)) return 'this machine has no display';
  // Electron refuses to run as root with its sandbox on, and without the sandbox it does not run here.
  if (process.platform === 'linux' && process.getuid?.() === 0) return 'the desktop window does not run as root';
  if (!electronExecutable()) return 'Electron is not downloaded (`npx install-electron` does that)';
  return undefined;
}
