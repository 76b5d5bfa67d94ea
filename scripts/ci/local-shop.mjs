import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../lib/paths.mjs';
import { lastLines, must, run } from '../lib/run.mjs';
import { freePort } from './local-parts.mjs';

/** The shop as docker-compose.prod.yml in `folder` has it, under a project name and on ports of its own. */
export async function localShop({ folder, registry, env }) {
  const project = `qs-test-ci-${randomBytes(4).toString('hex')}`;
  const state = mkdtempSync(join(tmpdir(), 'qs-test-state-'));
  const ports = { backend: await freePort(), frontend: await freePort() };
  const own = {
    ...env,
    REGISTRY: registry,
    COMPOSE_PROJECT_NAME: project,
    BACKEND_PORT: String(ports.backend),
    FRONTEND_PORT: String(ports.frontend),
    QUAYSIDE_STATE_DIR: state,
  };
  const docker = (...args) => must('docker', args, { env: own, cwd: folder });
  return {
    /** Runs the command on it; its last line is returned. */
    async quayside(...args) {
      const command = [inRoot('desktop', 'bin', 'quayside.mjs'), '-C', folder, '--env', 'production', ...args];
      return lastLines(await must(process.execPath, command, { env: own }), 1).trim();
    },
    /** The digests that run, by service. */
    async running() {
      const filter = ['--filter', `label=com.docker.compose.project=${project}`];
      const ids = (await docker('ps', '-q', ...filter)).split('\n').filter((id) => id !== '');
      const found = ids.map(async (id) => {
        const format = '{{index .Config.Labels "com.docker.compose.service"}} {{.Image}}';
        const [service, image] = (await docker('inspect', '--format', format, id)).trim().split(' ');
        const digests = JSON.parse(await docker('image', 'inspect', '--format', '{{json .RepoDigests}}', image));
        return [service, digests.find((name) => name.startsWith(`${registry}/`))?.split('@')[1]];
      });
      return Object.fromEntries(await Promise.all(found));
    },
    /** The versions that the services themselves tell. */
    async served() {
      const told = Object.entries(ports).map(async ([service, port]) => {
        const { version } = await (await fetch(`http://127.0.0.1:${port}/health`)).json();
        return [service, version];
      });
      return Object.fromEntries(await Promise.all(told));
    },
    /** Takes all of it off the engine. */
    async remove() {
      const file = ['--file', 'docker-compose.prod.yml'];
      await run('docker', ['compose', ...file, 'down', '--volumes', '--timeout', '5'], { env: own, cwd: folder });
      for (const pattern of [`${registry}/*`, `quayside.local/${project}/*`]) {
        const ids = (await docker('image', 'ls', '-q', '--no-trunc', '--filter', `reference=${pattern}`)).split('\n');
        const some = [...new Set(ids)].filter((id) => id !== '');
        if (some.length > 0) await run('docker', ['image', 'rm', '--force', ...some], { env: own });
      }
      rmSync(state, { recursive: true });
    },
  };
}
