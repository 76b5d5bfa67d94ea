import { expect, test } from 'vitest';
import { engineWithLog } from './fixtures/log-engine.ts';
import { streamLogs } from './stream-logs.ts';

test('a log that is printed loses none of its lines, however long they are', async () => {
  const written = Array.from({ length: 50 }, (_, n) => `${n} `.padEnd(900_000, '.'));
  const printed: number[] = [];
  const lines = streamLogs({
    gateway: await engineWithLog(written, { keeps: (asked) => asked }),
    containers: [{ id: 'web', name: 'web-1', service: 'web', tty: false, running: false }],
    follow: false,
    filter: { services: [], levels: [], search: '' },
    signal: new AbortController().signal,
  });
  for await (const some of lines) printed.push(...some.map(({ text }) => Number.parseInt(text, 10)));
  expect(printed).toEqual(written.map((_, n) => n));
});
