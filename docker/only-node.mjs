// Run while an image is built: leaves one program in it, this Node. Whoever breaks into a service finds no shell, no
// package manager and nothing that runs as another user. The package database stays, for scanners read it.
import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const programs = ['/usr/local/bin', '/usr/local/sbin', '/usr/bin', '/usr/sbin', '/bin', '/sbin'];
const helpers = ['/usr/local/lib/node_modules', '/usr/lib/apt', '/usr/lib/dpkg', '/usr/libexec', '/opt'];

const isFolder = (path) => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
const remove = (path) => rmSync(path, { recursive: true, force: true });

for (const folder of programs.filter(isFolder)) {
  for (const name of readdirSync(folder)) if (join(folder, name) !== process.execPath) remove(join(folder, name));
}
for (const path of helpers) remove(path);
