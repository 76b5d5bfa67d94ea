import { existsSync } from 'node:fs';
import { canInstall, installPackages } from './apt.mjs';
import { Trouble } from './trouble.mjs';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Provides a browser for the end-to-end tests; returns a note when it had to install one. */
export async function ensureChromium() {
  if (places.some((path) => existsSync(path)) || process.platform !== 'linux') return undefined;
  if (!canInstall())
    throw new Trouble('No Chromium was found.', 'Install it (on Debian as root: apt-get install chromium).');
  await installPackages(['chromium']);
  return 'installed';
}
