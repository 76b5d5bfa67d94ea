import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { captureLines } from '../testing/capture.ts';
import { openLogFiles } from './files.ts';
import { createLogger, fanOut } from './logger.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'shop-logs-'));
});
afterEach(() => rm(directory, { recursive: true }));

const fail = (error: Error): void => {
  throw error;
};
const line = z.object({ msg: z.string(), level: z.number(), n: z.number().optional() });
const linesOf = async (name: string) =>
  (await readFile(join(directory, name), 'utf8'))
    .split('\n')
    .slice(0, -1)
    .map((text) => line.parse(JSON.parse(text)));

test('everything goes into one file, errors into another as well, requests into a third', async () => {
  const files = openLogFiles(join(directory, 'deep/er'), 'production', fail);
  const output = captureLines();
  const options = { service: 's', version: '1', level: 'info' };
  const app = createLogger({ ...options, destination: fanOut([output, files.app], [files.error]) });
  const access = createLogger({ ...options, destination: fanOut([output, files.access], [files.error]) });
  app.debug('too little');
  app.info('usual');
  app.error(new Error('broken'), 'wrong');
  access.info('GET / 200');
  access.error('GET / 500');
  await files.close();
  const messages = async (name: string) =>
    (await linesOf(join('deep/er', `${name}_production.log`))).map(({ msg }) => msg);
  expect(await messages('app')).toEqual(['usual', 'wrong']);
  expect(await messages('error')).toEqual(['wrong', 'GET / 500']);
  expect(await messages('access')).toEqual(['GET / 200', 'GET / 500']);
  expect(output.lines).toHaveLength(4);
});

test('files turn over at their size over several starts; no line is torn, none is lost but the oldest', async () => {
  const size = 20_000;
  const starts = 3;
  const perStart = 1500;
  for (let start = 0; start < starts; start += 1) {
    const files = openLogFiles(directory, 'production', fail, { size: '20000B', files: 5 });
    const logger = createLogger({ service: 's', version: '1', level: 'info', destination: files.app });
    for (let n = start * perStart; n < (start + 1) * perStart; n += 1) {
      logger.info({ n }, 'line');
      if (n % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await files.close();
  }
  const names = (await readdir(directory)).filter((name) => name.startsWith('app_'));
  expect(names).toHaveLength(5);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(directory, name))).size));
  for (const bytes of sizes) expect(bytes).toBeLessThan(size * 1.5);
  const kept = (await Promise.all(names.map(linesOf))).flat().map(({ n }) => n ?? -1);
  kept.sort((a, b) => a - b);
  const last = starts * perStart - 1;
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, index) => last - kept.length + 1 + index));
  expect(kept.length).toBeGreaterThan(400);
});

test('a file that cannot be written to is told of and stops nothing', async () => {
  const errors: Error[] = [];
  await mkdir(join(directory, 'app_production.log'));
  const files = openLogFiles(directory, 'production', (error) => errors.push(error));
  const output = captureLines();
  const logger = createLogger({
    service: 's',
    version: '1',
    level: 'info',
    destination: fanOut([output, files.app], []),
  });
  logger.info('still told');
  await expect.poll(() => errors.length).toBeGreaterThan(0);
  expect(output.lines.join()).toContain('still told');
});
