import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { captureLines } from '../testing/capture.ts';
import { runInContext } from './context.ts';
import { createLogger } from './logger.ts';

const lineSchema = z.looseObject({
  level: z.literal(30),
  time: z.iso.datetime(),
  service: z.literal('shop'),
  version: z.literal('1.2.3'),
  logger: z.literal('test'),
  module: z.literal('logger.test'),
  correlationId: z.literal('id-of-this-request'),
  msg: z.string(),
});

function logLine(write: (log: ReturnType<typeof createLogger>) => void): string {
  const out = captureLines();
  const options = { service: 'shop', version: '1.2.3', level: 'info', destination: out };
  const log = createLogger(options).child({ logger: 'test', module: 'logger.test' });
  runInContext({ correlationId: 'id-of-this-request' }, () => {
    write(log);
  });
  expect(out.lines).toHaveLength(1);
  return out.lines[0] ?? '';
}

const reservedNames = fc.constantFrom(
  'level',
  'time',
  'msg',
  'service',
  'logger',
  'module',
  'version',
  'correlationId',
);
const text = fc.string({ unit: 'binary' });
const fields = fc.dictionary(
  fc.oneof(text, reservedNames, fc.constantFrom('err', 'req', 'toString', '__proto__', 'constructor')),
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSet: true,
    stringUnit: 'binary',
  }),
);

describe('one line per call', () => {
  test('any message and any fields give exactly one valid JSON line with the fields every line has', () => {
    fc.assert(
      fc.property(text, fields, (message, extra) => {
        const line = logLine((log) => {
          log.info(extra, message);
        });
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(lineSchema.parse(JSON.parse(line)).msg).toBe(message);
        expect([...line.matchAll(/"correlationId":"id-of-this-request"/g)]).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });

  test('circular, deep and throwing fields do not break the line', () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    const throwing = Object.defineProperty({}, 'bad', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    for (const extra of [
      circular,
      throwing,
      { throwing },
      { deep: JSON.parse('['.repeat(500) + ']'.repeat(500)) as unknown },
    ]) {
      lineSchema.parse(
        JSON.parse(
          logLine((log) => {
            log.info(extra, 'still here');
          }),
        ),
      );
    }
  });

  test('an error is logged with message and stack', () => {
    const line = logLine((log) => {
      log.info({ err: new Error('broken') }, 'failed');
    });
    const shape = z.object({
      err: z.object({ message: z.literal('broken'), stack: z.string() }),
      msg: z.literal('failed'),
    });
    shape.parse(JSON.parse(line));
  });
});

describe('secrets', () => {
  test.each([
    'authorization',
    'Cookie',
    'apiKey',
    'api_key',
    'userPassword',
    'OPENAI_API_KEY',
    'accessToken',
    'client-secret',
  ])('%s never reaches the line, at any depth', (key) => {
    const line = logLine((log) => {
      log.info({ [key]: 'hunter2', request: { headers: [{ [key]: 'hunter2' }] } }, 'x');
    });
    expect(line).not.toContain('hunter2');
    expect(line).toContain('[redacted]');
  });
});

test('lines below the level are not written', () => {
  const out = captureLines();
  const log = createLogger({ service: 'shop', version: '1', level: 'warn', destination: out });
  log.info('no');
  log.warn('yes');
  expect(out.lines).toHaveLength(1);
});
