import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

export const repository = join(import.meta.dirname, '../../..');

const parts = [
  ...['package.json', 'package-lock.json', '.npmrc', '.dockerignore', '.env.example', 'desktop/package.json'],
  ...['docker-compose.dev.yml', 'docker-compose.prod.yml', 'docker', 'service', 'backend', 'frontend'],
];
const leftOut = new Set(['node_modules', 'dist', 'tests', 'coverage']);

/** A copy of all that the images are made of, so that a test may change it. */
export async function copyProject(): Promise<{ directory: string; remove: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'qs-test-shop-'));
  for (const part of parts) {
    const filter = (path: string) => !leftOut.has(basename(path)) && !basename(path).startsWith('.env.');
    const options = part === '.env.example' ? {} : { recursive: true, filter };
    await cp(join(repository, part), join(directory, part), options);
  }
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** What must never reach an image: secrets, and what a developer's folder holds besides the sources. */
export async function addStrayFiles(directory: string, secret: string): Promise<void> {
  const strays = [
    ...['.env', '.env.production', 'backend/.env', 'frontend/src/.env.local', 'id_rsa', 'backend/config/.env.json'],
    ...['.git/config', 'node_modules/left-pad/index.js', 'backend/node_modules/x/index.js', 'service/dist/old.js'],
    ...['backend/src/secret.test.ts', 'desktop/src/main.ts', 'backend/notes.txt', 'test-results/report.json'],
  ];
  for (const path of strays) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), secret);
  }
}
