import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createComposeProject } from '#testing/compose-project.ts';
import { freePort } from '#testing/free-port.ts';
import { quayside } from '#testing/quayside-command.ts';

const repository = join(import.meta.dirname, '../../../..');

test('the shop: built from nothing, healthy, one request in the logs, adopted by docker compose both ways', {
  timeout: 600_000,
}, async () => {
  const { name, docker, remove } = await createComposeProject();
  const frontend = await freePort();
  const env = { COMPOSE_PROJECT_NAME: name, BACKEND_PORT: String(await freePort()), FRONTEND_PORT: String(frontend) };
  const file = join(repository, 'docker-compose.dev.yml');
  const ours = (...args: string[]) => quayside(['-C', repository, '--env', 'development', ...args], env);
  const theirs = (...args: string[]) => docker(['compose', '-f', file, ...args], env);
  try {
    const up = await ours('up');
    expect(up.err).toBe('');
    expect(up.status).toBe(0);
    expect(up.out).toMatch(/backend \[.*\] .*(built|cached)/);
    expect((await ours('ps')).out).toContain('2 of 2 services healthy');

    const id = 'cli-scene-1';
    const response = await fetch(`http://127.0.0.1:${frontend}/api/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-correlation-id': id },
      body: JSON.stringify({ message: 'a kettle for pour-over coffee' }),
    });
    expect(response.headers.get('x-correlation-id')).toBe(id);
    const lines = (await ours('--json', 'logs', '--correlation', id)).out;
    expect(lines).toContain('"service":"backend"');
    expect(lines).toContain('"service":"frontend"');

    const adopted = await theirs('up', '-d');
    expect(adopted).toMatch(/backend-1\s+Running/);
    expect(adopted).not.toMatch(/Recreat|Creat|Start/);
    expect(await theirs('ps', '--services')).toMatch(/backend\nfrontend|frontend\nbackend/);
    expect(await theirs('logs', 'backend')).toContain(id);

    expect((await ours('stop', '-t', '2')).status).toBe(0);
    await theirs('down', '-t', '2');
    await theirs('up', '-d', '--wait');
    expect((await ours('up')).out).toContain('Nothing to do');
    expect((await ours('down', '-t', '2')).status).toBe(0);
  } finally {
    await remove();
  }
});
