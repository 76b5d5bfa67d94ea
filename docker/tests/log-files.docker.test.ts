import { expect, test } from 'vitest';
import { z } from 'zod';
import { start, unlimited } from './support/container.ts';
import { until } from './support/wait.ts';

const fileLimit = 10 * 1024 * 1024;
const filesKept = 5;
/** As long as an address may be, so that few requests fill the files. */
const addressBytes = 14_000;
/** Requests that run side by side (tests/inside/fill-logs.mjs). */
const atOnce = 16;

const report = z.record(
  z.string(),
  z.object({ bytes: z.number(), lines: z.number(), broken: z.number(), first: z.number(), last: z.number() }),
);

test('with LOG_DIR the files turn over at 10 MB and five of each kind are kept, no line torn, the newest all there', async () => {
  const options = ['--tmpfs', '/logs:rw,noexec,uid=10001,size=200m', '--env', 'LOG_DIR=/logs', '--log-driver', 'none'];
  await using container = await start('backend', [...options, ...unlimited]);
  await container.healthy();

  const requests = Math.ceil((filesKept + 1) * (fileLimit / addressBytes));
  const env = { REQUESTS: String(requests), BYTES: String(addressBytes) };
  const counts = await container.runFile(z.record(z.string(), z.number()), 'fill-logs.mjs', env);
  expect(counts).toEqual({ 400: requests });

  // Lines are written by a thread of their own, behind the answers.
  const files = await until('the newest line in a file', async () => {
    const found = await container.runFile(report, 'log-files.mjs');
    const newest = Math.max(
      ...Object.entries(found).flatMap(([name, { last }]) => (name.startsWith('access') ? last : [])),
    );
    return newest >= requests - 1 ? found : undefined;
  });
  const names = (kind: string) => Object.keys(files).filter((name) => name.startsWith(`${kind}_production.log`));
  expect(['access', 'app', 'error'].map((kind) => names(kind).length)).toEqual([filesKept, 1, 1]);
  for (const { bytes, broken } of Object.values(files)) {
    expect(bytes).toBeLessThan(fileLimit * 1.05);
    expect(broken).toBe(0);
  }
  const access = names('access').map((name) => files[name] ?? { lines: 0, first: 0, last: 0 });
  const lines = access.reduce((sum, file) => sum + file.lines, 0);
  const first = Math.min(...access.map((file) => file.first));
  expect(Math.max(...access.map((file) => file.last))).toBe(requests - 1);
  // Requests that run side by side may be answered in another order, across the border of the oldest file too.
  expect(Math.abs(lines - (requests - first))).toBeLessThan(atOnce);
});
