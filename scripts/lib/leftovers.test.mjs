import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { endLeftProcesses, leftThings, runMark, testThings } from './leftovers.mjs';
import { environment } from './proc.mjs';
import { tempFolder } from './temp-folder.mjs';
import { until } from './until.mjs';

const answers = {
  '/containers/json?all=1': [
    { Id: 'c1', Names: ['/qs-test-a-web-1'], Labels: {} },
    { Id: 'c2', Names: ['/somebody'], Labels: { 'com.docker.compose.project': 'qs-test-b' } },
    { Id: 'c3', Names: ['/production'], Labels: { 'com.docker.compose.project': 'shop' } },
  ],
  '/networks': [{ Id: 'n1', Name: 'bridge', Labels: {} }],
  '/volumes': { Volumes: [{ Name: 'qs-test-a_data', Labels: null }] },
  '/images/json': [
    { Id: 'i1', RepoTags: ['127.0.0.1:5000/qs-test-x:1'], Labels: null },
    { Id: 'i2', RepoTags: null, Labels: null },
  ],
};

const socket = join(tempFolder(), 'd.sock');
const server = createServer((request, response) => response.end(JSON.stringify(answers[request.url])));
const listening = new Promise((resolve) => server.listen(socket, resolve));
afterAll(() => server.close());

test.skipIf(process.platform === 'win32')(
  'what carries a test name or label is found and named; the rest is not',
  async () => {
    await listening;
    const all = [...(await testThings(`unix://${socket}`)).values()];
    expect(all).toEqual([
      'container qs-test-a-web-1',
      'container qs-test-b',
      'volume qs-test-a_data',
      'image 127.0.0.1:5000/qs-test-x:1',
    ]);
  },
);

test.skipIf(process.platform === 'win32')('what was there before is not left behind', async () => {
  await listening;
  const before = await testThings(`unix://${socket}`);
  answers['/networks'].push({ Id: 'n2', Name: 'qs-test-new_default', Labels: {} });
  expect(await leftThings(`unix://${socket}`, before)).toEqual(['network qs-test-new_default']);
});

test('an engine that is gone is an error, not a clean one', async () => {
  await expect(testThings('unix:///no/such.sock')).rejects.toThrow(/does not answer/);
});

test.runIf(process.platform === 'linux')('a process that a run left is named and ended', async () => {
  const id = `test-${process.pid}`;
  const child = spawn('sleep', ['1000'], { env: { [runMark]: id }, stdio: 'ignore' });
  const gone = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)));
  await until(() => environment(child.pid).includes(`${runMark}=${id}`), { deadline: 5_000, every: 10 });
  expect(endLeftProcesses(id)).toEqual([`process ${child.pid}: sleep 1000`]);
  expect(await gone).toBe('SIGKILL');
});
