import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inRoot } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { tempFolder } from '../lib/temp-folder.mjs';

const digests = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`];
const wish = `deploy sha-0123456789ab ${digests.join(' ')}`;

/** The script as sshd runs it. `signed`: what the stand-in for cosign, which asks a public log, answers. */
async function server(command, { signed = true, status = 0 } = {}) {
  const folder = tempFolder();
  const calls = join(folder, 'calls');
  const program = (name, code) => {
    writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >> '${calls}'\nexit ${code}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  program('cosign', signed ? 0 : 1);
  program('quayside', status);
  const settings = join(folder, 'deploy.env');
  writeFileSync(
    settings,
    'REGISTRY=registry.example/shop\nDIRECTORY=/srv/shop\nIDENTITY=https://ci.example/workflow\n',
  );
  const PATH = `${folder}${delimiter}${process.env.PATH}`;
  const env = { PATH, QUAYSIDE_DEPLOY_ENV: settings, SSH_ORIGINAL_COMMAND: command };
  const { code, stderr } = await run(inRoot('scripts', 'server', 'quayside-deploy.sh'), [], { env });
  const lines = existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : [];
  return { code, stderr, called: lines };
}

describe('what the key of CI may do on a server', () => {
  test('both images are deployed by digest, after their signatures were checked', async () => {
    const { code, called, stderr } = await server(wish);
    expect(code, stderr).toBe(0);
    expect(called).toHaveLength(3);
    for (const [index, name] of ['backend', 'frontend'].entries()) {
      expect(called[index]).toContain(`cosign verify registry.example/shop/ecommerce-rag-${name}@${digests[index]}`);
      expect(called[index]).toContain('--certificate-identity https://ci.example/workflow');
    }
    expect(called[2]).toBe(
      `quayside -C /srv/shop --env production deploy sha-0123456789ab --digest backend=${digests[0]} --digest frontend=${digests[1]}`,
    );
  });

  test.each([0, 1, 4, 5, 6])('exit status %i of quayside reaches CI', async (status) => {
    expect((await server(wish, { status })).code).toBe(status);
  });

  test('without a signature nothing is deployed', async () => {
    const { code, stderr, called } = await server(wish, { signed: false });
    expect(code).toBe(2);
    expect(stderr).toContain('no valid signature');
    expect(called.filter((line) => line.startsWith('quayside'))).toEqual([]);
  });

  test.each([
    ['nothing', ''],
    ['a shell', 'bash -i'],
    ['another verb', wish.replace('deploy', 'rollback')],
    ['a version that is an option', wish.replace('sha-0123456789ab', '--help')],
    ['a version with a command in it', wish.replace('sha-0123456789ab', '$(id)')],
    ['a tag in place of a digest', 'deploy 1.0.0 latest latest'],
    ['a digest that is cut off', wish.slice(0, -1)],
    ['one digest', `deploy 1.0.0 ${digests[0]}`],
    ['more words', `${wish} --break-lock`],
    ['a second command', `${wish}; id`],
  ])('%s is refused, and nothing is run', async (_what, command) => {
    const { code, called } = await server(command);
    expect(code).toBe(2);
    expect(called).toEqual([]);
  });
});

test('a deployment without its settings says which is missing, and touches nothing', async () => {
  const { code, stderr } = await run(inRoot('scripts', 'ci', 'deploy-over-ssh.sh'), [], {
    env: { PATH: process.env.PATH },
  });
  expect(code).toBe(2);
  expect(stderr).toContain('DEPLOY_TARGET is not set');
});

/** Runs the notification against a fake Slack. */
async function notified(variables) {
  const bodies = [];
  const slack = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (text) => bodies.push(text));
    request.on('end', () => response.end('ok'));
  });
  await new Promise((resolve) => slack.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${slack.address().port}/hook`;
  try {
    const env = {
      PATH: process.env.PATH,
      TARGET: 'deploy-production',
      VERSION: '1.4.2',
      SLACK_WEBHOOK_URL: url,
      ...variables,
    };
    const { code, stderr } = await run(inRoot('scripts', 'ci', 'notify-slack.sh'), [], { env });
    expect(code, stderr).toBe(0);
  } finally {
    slack.close();
  }
  return bodies.map((body) => JSON.parse(body).text);
}

describe('the channel is told', () => {
  test.each([
    ['deployed', 'deploy-production: 1.4.2 runs'],
    ['returned', 'What ran before was brought back'],
    ['locked', 'another deployment holds the lock'],
    ['unreachable', 'the server cannot be reached'],
    ['', 'Somebody has to look'],
  ])('of the outcome "%s"', async (OUTCOME, words) => {
    expect(await notified({ OUTCOME })).toEqual([expect.stringContaining(words)]);
  });

  test('without a webhook nothing is sent', async () => {
    expect(await notified({ OUTCOME: 'deployed', SLACK_WEBHOOK_URL: '' })).toEqual([]);
  });
});
