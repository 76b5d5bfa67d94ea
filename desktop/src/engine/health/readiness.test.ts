import { describe, expect, test } from 'vitest';
import type { ContainerDetail, DockerGateway } from '#engine/docker/index.ts';
import { askReadiness, readyCommand } from './readiness.ts';
import { PROJECT_LABEL } from './watch/stack-watch.ts';

const command = (text: string) => readyCommand('api', { 'dev.quayside.readiness': text });

describe('the label that says how to ask for readiness', () => {
  test.each([
    ['wget -q http://127.0.0.1/ready', ['/bin/sh', '-c', 'wget -q http://127.0.0.1/ready']],
    ['["CMD", "node", "/ask.mjs"]', ['node', '/ask.mjs']],
    ['["CMD-SHELL", "curl -f localhost || exit 1"]', ['/bin/sh', '-c', 'curl -f localhost || exit 1']],
  ])('%s is read as a health command would be', (text, expected) => {
    expect(command(text)).toEqual(expected);
  });

  test.each(['', 'NONE', '["NONE"]'])('“%s” asks nothing', (text) => {
    expect(command(text)).toBeUndefined();
  });

  test.each(['["CMD"]', '["curl", "-f"]', '["CMD-SHELL", "a", "b"]', '[1, 2]', '["CMD", "a"'])(
    '%s is refused with the form that is meant',
    (text) => {
      expect(() => command(text)).toThrow(
        expect.objectContaining({ code: 'COMPOSE_INVALID', remedy: expect.stringContaining('["CMD", ') as unknown }),
      );
    },
  );
});

test('an application is asked in a container of its own project only', async () => {
  const ran: string[] = [];
  const exec = (id: string) => {
    ran.push(id);
    return Promise.resolve({ exitCode: 0, output: '' });
  };
  const gateway = { containers: { exec } } as unknown as DockerGateway;
  const { signal } = new AbortController();
  const request = { gateway, project: 'shop', command: ['true'], signal, mask: (text: string) => text };
  const ask = (labels: Readonly<Record<string, string>>) =>
    askReadiness({ id: 'c1', name: 'api-1', tty: false, labels } as unknown as ContainerDetail, request);
  for (const labels of [{ [PROJECT_LABEL]: 'other' }, {}]) {
    await expect(ask(labels)).rejects.toMatchObject({
      code: 'POLICY_REFUSED',
      message: 'The container api-1 does not belong to shop, so it is not touched.',
    });
  }
  expect(ran).toEqual([]);
  expect(await ask({ [PROJECT_LABEL]: 'shop' })).toMatchObject({ ready: true });
  expect(ran).toEqual(['c1']);
});
