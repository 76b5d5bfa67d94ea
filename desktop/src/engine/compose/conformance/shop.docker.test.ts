import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { configJson, loadModel } from '../index.ts';
import { environmentOf } from './both.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../../../', import.meta.url)).replace(/\/$/, '');

test.for(['docker-compose.dev.yml', 'docker-compose.prod.yml'])(
  '%s of this project reads as the reference tool reads it',
  async (file) => {
    const env = environmentOf({ name: file, files: {} });
    const { stdout } = await run('docker', ['compose', '-f', file, 'config', '--format', 'json'], { cwd: root, env });
    const model = await loadModel({ directory: root, files: [file], envFiles: [], profiles: [], env });
    expect(JSON.parse(configJson(model))).toEqual(JSON.parse(stdout));
  },
);
