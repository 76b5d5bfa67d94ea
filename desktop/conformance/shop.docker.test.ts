import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { configJson, loadModel } from '#engine/compose/index.ts';
import { differences } from './differences.ts';
import { mainReference, toolEnvironment } from './reference.ts';

const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

test.for(['docker-compose.dev.yml', 'docker-compose.prod.yml'])(
  '%s of this project reads as docker compose reads it',
  async (file) => {
    const env = toolEnvironment();
    const reference = await mainReference();
    const { stdout } = await reference.run(['-f', file, 'config', '--format', 'json'], { cwd: root, env });
    const model = await loadModel({ directory: root, files: [file], envFiles: [], profiles: [], env });
    expect(differences(JSON.parse(configJson(model, reference.profile)), JSON.parse(stdout))).toEqual([]);
  },
);
