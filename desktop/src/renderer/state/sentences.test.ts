import { beforeEach, expect, test, vi } from 'vitest';
import type { Problem } from '#contract/index.ts';
import { learnSentences, speak, told } from '#words/index.ts';
import type { Core } from './core.ts';
import { askSentences } from './sentences.ts';

const sentence = 'The name web is taken.';
const german = { 'The name {0} is taken.': 'Der Name {0} ist vergeben.' };

/** A core that gives these answers, one after the other. */
function answering(...answers: readonly (object | Error)[]) {
  const asked: unknown[] = [];
  const sentences = (input: unknown): Promise<object> => {
    asked.push(input);
    const answer = answers[asked.length - 1];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer ?? {});
  };
  const refusal = (error: unknown): Problem | undefined =>
    error instanceof RangeError ? { code: 'INTERNAL', message: error.message } : undefined;
  const core = { client: { system: { sentences } }, connected: () => Promise.resolve(), refusal } as unknown as Core;
  return { core, asked };
}

beforeEach(async () => {
  learnSentences('de', {});
  await speak('de');
});

test('they are learned from the core, asked again where the connection breaks meanwhile', async () => {
  const { core, asked } = answering(new Error('broken off'), german);
  const end = askSentences(core, 'de');
  await vi.waitFor(() => {
    expect(told(sentence)).toBe('Der Name web ist vergeben.');
  });
  end();
  expect(asked).toEqual([{ language: 'de' }, { language: 'de' }]);
});

test('what the core says stays in English where it refuses, and is not asked for in English', async () => {
  const { core, asked } = answering(new RangeError('refused'), german);
  askSentences(core, 'en')();
  expect(asked).toEqual([]);
  vi.useFakeTimers();
  const end = askSentences(core, 'de');
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  end();
  expect(asked).toHaveLength(1);
  expect(told(sentence)).toBe(sentence);
});
