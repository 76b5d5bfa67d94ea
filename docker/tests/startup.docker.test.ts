import { describe, expect, test } from 'vitest';
import { command, docker } from './support/command.ts';
import { jsonLines, start } from './support/container.ts';
import { services } from './support/images.ts';

const limitMs = 1000;
const wrong = { PORT: 'eighty', LOG_LEVEL: 'loud', HEALTH_INTERVAL_MS: '1', API_TOKEN: 'too-short' };

/** Makes node say at its end how many milliseconds of processor time it took: what else the machine does has no part in it. */
const tellTime = `import=data:text/javascript,process.on('exit',()=>{
  const{user,system}=process.cpuUsage();process.stderr.write(String((user+system)/1000))})`.replaceAll(/\s/g, '');

describe.concurrent.each(services)('%s with an invalid configuration', (service) => {
  test('ends with 78 in less than 1 s and says all that is wrong in one message, but no secret', async () => {
    const options = Object.entries(wrong).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
    await using container = await start(service, [...options, '--env', `NODE_OPTIONS=--${tellTime}`]);
    expect(await docker(['wait', container.id])).toBe('78');
    const { stdout, stderr } = await command('docker', ['logs', container.id]);
    expect(Number(stderr)).toBeGreaterThan(0);
    expect(Number(stderr)).toBeLessThan(limitMs);
    const lines = jsonLines(stdout);
    expect(lines).toHaveLength(1);
    for (const name of Object.keys(wrong)) expect(lines[0]?.msg).toContain(`${name}: `);
    expect(stdout).not.toContain(wrong.API_TOKEN);
  });

  test('ends with 78 when its log folder cannot be written to', async () => {
    await using container = await start(service, ['--env', 'LOG_DIR=/app/logs']);
    expect(await docker(['wait', container.id])).toBe('78');
    expect((await container.lines())[0]?.msg).toContain('LOG_DIR: ');
  });
});
