import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readQuestions } from '../eval/questions.ts';
import { report, start } from './start.ts';

/** How long customers wait for the first word of an answer, on the embedded parts. */
const customers = 50;
const seconds = 8;
const budgetMs = 50;

const questions = await readQuestions(fileURLToPath(new URL('../eval/dev.jsonl', import.meta.url)));

async function load(url: string, duration: number): Promise<number[]> {
  const plan = { url, customers, seconds: duration, questions: questions.flatMap(({ turns }) => turns.slice(0, 1)) };
  const program = fileURLToPath(new URL('chat-load.ts', import.meta.url));
  const child = spawn(process.execPath, [program, JSON.stringify(plan)], { stdio: ['ignore', 'pipe', 'inherit'] });
  return z
    .array(z.number())
    .min(customers)
    .parse(JSON.parse(await text(child.stdout)));
}

// A question that is refused would not wait: on a slow machine the time has to be told, not spared.
const backend = await start('../src/main.ts', '/health/live', { MAX_EVENT_LOOP_DELAY_MS: '60000' });
try {
  const url = `${backend.origin}/api/chat`;
  await load(url, 3);
  const times = (await load(url, seconds)).sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.POSITIVE_INFINITY;
  report(
    'chat, first token, p99',
    at(0.99),
    budgetMs,
    `p50 ${at(0.5).toFixed(1)} ms; ${(times.length / seconds).toFixed(0)} answers/s to ${customers} customers at once`,
  );
} finally {
  backend.stop();
}
