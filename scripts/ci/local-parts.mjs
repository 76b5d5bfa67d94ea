import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../lib/paths.mjs';
import { Trouble } from '../lib/trouble.mjs';

const manifests = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** A copy of what a checkout would have, with what is not committed yet, and none of what git ignores. */
export function workingCopy() {
  const path = mkdtempSync(join(tmpdir(), 'qs-test-ci-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const file of listed.toString().split('\0')) {
    if (file !== '' && existsSync(join(root, file))) cpSync(join(root, file), join(path, file));
  }
  return { path, remove: () => rmSync(path, { recursive: true }) };
}

/** The digest that a tag stands for, as the registry tells it. `registry`: host and, after a slash, a folder. */
export async function digestIn(registry, name, tag) {
  const [host, ...folder] = registry.split('/');
  const url = `http://${host}/v2/${[...folder, name].join('/')}/manifests/${tag}`;
  const answer = await fetch(url, { method: 'HEAD', headers: { accept: manifests.join(', ') } });
  const digest = answer.headers.get('docker-content-digest');
  if (!answer.ok || !digest) throw new Trouble(`${url} answered ${answer.status}.`);
  return digest;
}

/** A port of the loopback address that nobody uses. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
