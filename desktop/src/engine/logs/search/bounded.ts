import vm from 'node:vm';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';

const sandbox: { run?: () => unknown } = vm.createContext({});
const script = new vm.Script('run()');

/** Searches that take longer than this within one slice of work are broken off. */
const SEARCH_LIMIT_MS = 250;

/** A machine that has no time for this thread says nothing of a pattern: so often it gets the time anew. */
const MOST_TRIES = 4;

const cpuMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/**
 * Runs `work` and breaks it off after `limitMs`, even inside a regular expression that backtracks for ever: nothing else in
 * the language can. What was broken off without having had half of that time of the processor is run again from the beginning.
 * Costs about 0.4 ms, so it wraps a slice of lines, not a line. Throws USAGE when the time is up.
 */
export function runBounded<T>(work: () => T, limitMs = SEARCH_LIMIT_MS): T {
  for (let tries = 1; ; tries += 1) {
    const begun = cpuMs();
    try {
      return runOnce(work, limitMs);
    } catch (error) {
      if (!isTimeout(error)) throw error;
      if (tries === MOST_TRIES || cpuMs() - begun > limitMs / 2) throw tooSlow(error);
    }
  }
}

function runOnce<T>(work: () => T, limitMs: number): T {
  const answers: T[] = [];
  sandbox.run = () => answers.push(work());
  try {
    script.runInContext(sandbox, { timeout: limitMs });
  } finally {
    delete sandbox.run;
  }
  for (const answer of answers) return answer;
  throw new QuaysideError('INTERNAL', say`The search ended without an answer.`);
}

/** What is said of a pattern that was broken off. */
export function tooSlow(cause: unknown): QuaysideError {
  return new QuaysideError('USAGE', say`This search pattern takes too long.`, {
    remedy: say`Avoid repetitions inside repetitions, such as (a+)+, or search for plain text.`,
    cause,
  });
}

function isTimeout(error: unknown): boolean {
  // Not `instanceof`: the error may come from the realm of the sandbox.
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
