import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { gathered } from './gathered.ts';

test('what is logged within one turn is written in one go, in its order', async () => {
  const writes: string[] = [];
  const output = gathered({ write: (lines) => writes.push(lines) });
  output.write('first\n');
  output.write('second\n');
  await turn();
  output.write('third\n');
  await turn();
  expect(writes).toEqual(['first\nsecond\n', 'third\n']);
});

test.each([
  ['ends by itself', '', 0],
  ['is ended', 'process.exit(78)', 78],
  ['breaks off', 'throw new Error("broken")', 1],
])('nothing is lost when the process %s', async (_how, end, status) => {
  const logger = new URL('logger.ts', import.meta.url).href;
  const script = `
    const { createLogger } = await import(${JSON.stringify(logger)});
    const logger = createLogger({ service: 'test', version: '1', level: 'info' });
    for (let line = 1; line <= 2000; line += 1) logger.info('line ' + line);
    ${end}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [written] = await Promise.all([text(child.stdout), once(child, 'close')]);
  expect(child.exitCode).toBe(status);
  const lines = written.trim().split('\n');
  expect(lines).toHaveLength(2000);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ msg: 'line 2000' });
});
