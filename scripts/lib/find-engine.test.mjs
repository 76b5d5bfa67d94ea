import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { pings } from './ask.mjs';
import { candidates, findEngine } from './find-engine.mjs';
import { tempFolder } from './temp-folder.mjs';

const servers = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Something that listens on a unix socket and answers like this. */
async function listening(answer) {
  const socket = join(tempFolder(), 'd.sock');
  const server = createServer(answer);
  servers.push(server);
  await new Promise((resolve) => server.listen(socket, resolve));
  return `unix://${socket}`;
}

function homeWithContext(name, host) {
  const home = tempFolder();
  const meta = join(home, '.docker', 'contexts', 'meta', createHash('sha256').update(name).digest('hex'));
  mkdirSync(meta, { recursive: true });
  writeFileSync(join(home, '.docker', 'config.json'), JSON.stringify({ currentContext: name }));
  writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }));
  return home;
}

test('DOCKER_HOST wins over the context, the context over the default sockets', () => {
  const home = homeWithContext('staging', 'tcp://192.0.2.1:2375');
  expect(candidates({ DOCKER_HOST: 'unix:///a' }, home)).toEqual(['unix:///a']);
  expect(candidates({}, home)).toEqual(['tcp://192.0.2.1:2375']);
  expect(candidates({ DOCKER_CONTEXT: 'default' }, home)).not.toContain('tcp://192.0.2.1:2375');
});

test('a broken Docker configuration is no reason to stop', () => {
  const home = homeWithContext('x', 'unix:///x');
  writeFileSync(join(home, '.docker', 'config.json'), '{');
  expect(candidates({}, home)).not.toContain('unix:///x');
});

test.skipIf(process.platform === 'win32')('only what answers OK to a ping is an engine', async () => {
  expect(await pings(await listening((_, response) => response.end('OK')))).toBe(true);
  expect(await pings(await listening((_, response) => response.end('hello')))).toBe(false);
  expect(await pings(await listening((_, response) => response.writeHead(500).end('OK')))).toBe(false);
  expect(await pings(await listening((request) => request.socket.destroy()))).toBe(false);
  expect(await pings(await listening(() => {}), { deadline: 100 })).toBe(false);
  expect(await pings('unix:///no/such.sock')).toBe(false);
  expect(await pings('nonsense')).toBe(false);
});

test.skipIf(process.platform === 'win32')(
  'an engine that was named and does not answer is not replaced by another',
  async () => {
    expect(await findEngine({ DOCKER_HOST: 'unix:///no/such.sock' })).toBeUndefined();
    const endpoint = await listening((_, response) => response.end('OK'));
    expect(await findEngine({ DOCKER_HOST: endpoint })).toBe(endpoint);
  },
);
