import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Container, start } from './support/container.ts';
import { services } from './support/images.ts';
import { observed } from './support/machine.ts';
import { until } from './support/wait.ts';

const limitMs = 15_000;
/** A machine with much else to do may take long to begin a command. */
const patient = ['--health-timeout', '60s'];
/** Asked more often than the image says, so that the test need not wait for three times ten seconds. */
const impatient = [...patient, '--health-interval', '1s', '--health-retries', '2'];

async function turning(container: Container, status: string) {
  return until(`health ${status}`, async () => {
    const { Health } = await container.state();
    return Health?.Status === status ? Health : undefined;
  });
}

const signal = (name: string) => `
  const processes = fs.readdirSync("/proc").filter((pid) => /^\\d+$/.test(pid) && Number(pid) !== process.pid);
  const service = processes.find((pid) => fs.readFileSync("/proc/" + pid + "/cmdline", "utf8").startsWith("node\\0--enable"));
  tell(process.kill(Number(service), "${name}"));`;

describe.each(services)('%s', (service) => {
  test('is healthy within 15 s of its start, by the health command of the image and without any dependency', async () => {
    await using container = await start(service, patient);
    const { result, slower } = await observed(container, () => turning(container, 'healthy'));
    const { StartedAt } = await container.state();
    const passed = result.Log.find(({ ExitCode }) => ExitCode === 0);
    expect(passed?.Output).toContain('answered 200');
    expect(Number(passed?.End) - Number(StartedAt)).toBeLessThan(limitMs * slower);
  });

  test('is unhealthy when it answers 500, with the reason', async () => {
    const broken = `require("node:http").createServer((_, response) => response.writeHead(500).end()).listen(process.env.PORT)`;
    await using container = await start(service, [...impatient, '--health-start-period', '0s'], ['-e', broken]);
    expect((await turning(container, 'unhealthy')).Log.at(-1)).toMatchObject({
      ExitCode: 1,
      Output: expect.stringContaining('answered 500') as string,
    });
  });

  test('is unhealthy while its process hangs, with the reason, and healthy again after', async () => {
    await using container = await start(service, impatient);
    await turning(container, 'healthy');
    await container.run(z.literal(true), signal('SIGSTOP'));
    expect((await turning(container, 'unhealthy')).Log.at(-1)).toMatchObject({
      ExitCode: 1,
      Output: expect.stringMatching(/\/health: .*timeout/) as string,
    });
    await container.run(z.literal(true), signal('SIGCONT'));
    await turning(container, 'healthy');
  });
});
