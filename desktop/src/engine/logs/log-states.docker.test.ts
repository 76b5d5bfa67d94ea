import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { connect, type DockerGateway } from '#engine/docker/index.ts';
import { docker, testEngine } from '#testing/docker-cli.ts';
import { canHaveSmallEngine, startSmallEngine } from '#testing/small-engine.ts';
import {
  everything,
  markers,
  readAll,
  reference,
  removeStarted,
  start,
  stopped,
  writer,
  written,
} from './fixtures/written-logs.ts';
import { createProjectLogs, type ProjectLogs } from './index.ts';

const never = new AbortController().signal;
const idle = 'setTimeout(() => {}, 60000)';
/** Nobody listens there, and nobody has to: such messages are sent and forgotten. */
const syslog = ['--log-driver', 'syslog', '--log-opt', 'syslog-address=udp://127.0.0.1:9'];

function gatewayOf(url: string): DockerGateway {
  const gateway = connect({ url, source: 'test' });
  onTestFinished(() => {
    gateway.dispose();
  });
  return gateway;
}

function followed(url = testEngine()): ProjectLogs {
  const logs = createProjectLogs({ gateway: gatewayOf(url), tail: 'all' });
  onTestFinished(() => {
    logs.dispose();
  });
  return logs;
}

describe('containers whose logs are out of the ordinary', () => {
  afterEach(removeStarted);

  test('one that writes nothing keeps nobody waiting and is no fault; what it writes later comes', async () => {
    const late = "setTimeout(() => console.log('at last'), 4000); setTimeout(() => {}, 60000)";
    const [silent, talking] = await Promise.all([start('silent', late), start('talking', "console.log('at once')")]);
    const logs = followed();
    logs.setContainers([silent, talking]);
    const begun = performance.now();
    const first = await logs.read({ ...everything, after: 0, waitMs: 20_000 }, never);
    expect(first.lines.map(({ text }) => text)).toEqual(['at once']);
    expect(performance.now() - begun).toBeLessThan(3000);
    const second = await logs.read({ ...everything, after: first.cursor, waitMs: 20_000 }, never);
    expect(second.lines.map(({ service, text }) => [service, text])).toEqual([['silent', 'at last']]);
  });

  test('a driver that sends logs away is read where the engine keeps a copy, and else told of', async () => {
    const [kept, sent] = await Promise.all([
      start('kept', writer(60, 5), syslog),
      start('sent', idle, [...syslog, '--log-opt', 'cache-disabled=true']),
    ]);
    const logs = followed();
    logs.setContainers([kept, sent]);
    const seen = await readAll(logs, stopped([kept]));
    expect(written(seen, kept)).toEqual(await reference(kept.id));
    expect(markers(seen)).toEqual([expect.stringContaining('The log of sent cannot be read')]);
  });
});

// Ending the engine that all tests share would fail the others.
test.skipIf(!canHaveSmallEngine())(
  'an engine that dies and comes back: every line that it kept, once (needs root and dockerd)',
  async () => {
    const engine = await startSmallEngine(1000);
    onTestFinished(() => engine.dispose());
    const env = { DOCKER_HOST: engine.url };
    await promisify(execFile)('sh', ['-c', `docker save node:24-bookworm-slim | docker -H ${engine.url} load`]);
    const container = await start('phoenix', writer(3000, 20), ['--restart', 'always', '--network', 'none'], env);
    const logs = followed(engine.url);
    logs.setContainers([container]);
    await logs.read({ ...everything, after: 0, waitMs: 20_000 }, never);
    await engine.kill();
    await engine.start();
    await docker(['update', '--restart', 'no', container.id], { env });
    const seen = await readAll(logs, stopped([container], env));
    const kept = await reference(container.id, env);
    expect(kept.stdout.length + kept.stderr.length).toBeGreaterThan(3000);
    expect(written(seen, container)).toEqual(kept);
    expect(markers(seen)).toEqual([expect.stringContaining('phoenix restarted')]);
    await docker(['rm', '-f', container.id], { env });
  },
  240_000,
);
