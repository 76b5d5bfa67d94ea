import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from '../plan/step.ts';
import { type Execution, execute, type StepReport } from './execute.ts';

function step(id: string, after: readonly string[] = []): Step {
  return { id, kind: 'container.start', resource: id, cause: 'test', after, task: { do: 'start', slot: id } };
}

function recorder(more: Partial<Execution> = {}) {
  const log: string[] = [];
  const execution: Execution = {
    run: () => Promise.resolve('done'),
    report: ({ step: { id }, state }: StepReport) => void log.push(`${id} ${state}`),
    signal: new AbortController().signal,
    parallel: 4,
    ...more,
  };
  return { log, execution };
}

describe('execute', () => {
  test('runs every step once, and none before what it waits for, whatever the graph', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat(20), { maxLength: 3 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 5 }),
        async (edges, parallel) => {
          const steps = edges.map((before, index) =>
            step(String(index), before.filter((other) => other < index).map(String)),
          );
          const done: string[] = [];
          let running = 0;
          const { execution } = recorder({
            parallel,
            run: async ({ id, after }) => {
              running += 1;
              expect(running).toBeLessThanOrEqual(parallel);
              expect(after.every((other) => done.includes(other))).toBe(true);
              await Promise.resolve();
              running -= 1;
              done.push(id);
              return 'done';
            },
          });
          expect((await execute(steps, execution)).size).toBe(0);
          expect(done.toSorted()).toEqual(steps.map(({ id }) => id).toSorted());
        },
      ),
      { numRuns: 50 },
    );
  });

  test('a failure blocks what depends on it and nothing else', async () => {
    const { log, execution } = recorder({
      run: ({ id }) => (id === 'a' ? Promise.reject(new Error('no')) : Promise.resolve('done')),
    });
    const failures = await execute([step('a'), step('b', ['a']), step('c', ['b']), step('d')], execution);
    expect([...failures.values()].map(String)).toEqual(['Error: no']);
    expect(log).toContain('b blocked');
    expect(log).toContain('c blocked');
    expect(log).toContain('d done');
  });

  test('what is blocked names the step that failed, however far before it', async () => {
    const blamed: (string | undefined)[] = [];
    const { execution } = recorder({
      run: ({ id }) => (id === 'a' ? Promise.reject(new Error('no')) : Promise.resolve('done')),
      report: ({ state, blockedBy }) => {
        if (state === 'blocked') blamed.push(blockedBy?.id);
      },
    });
    await execute([step('a'), step('b', ['a']), step('c', ['b'])], execution);
    expect(blamed).toEqual(['a', 'a']);
  });

  test('a skipped step lets what comes after it go on', async () => {
    const { log, execution } = recorder({ run: ({ id }) => Promise.resolve(id === 'a' ? 'skipped' : 'done') });
    await execute([step('a'), step('b', ['a'])], execution);
    expect(log).toContain('b done');
  });

  test('after an abort no further step begins and what runs is waited for', async () => {
    const abort = new AbortController();
    const { log, execution } = recorder({
      signal: abort.signal,
      run: async () => {
        abort.abort();
        await Promise.resolve();
        return 'done';
      },
    });
    await execute([step('a'), step('b', ['a'])], execution);
    expect(log).toEqual(['a running', 'a done']);
  });

  test('a cycle is an error, not a hang', async () => {
    const { execution } = recorder();
    await expect(execute([step('a', ['b']), step('b', ['a'])], execution)).rejects.toThrow('cycle');
  });
});
