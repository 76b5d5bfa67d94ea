import { type ErrorCode, errorCodes, type Problem, problem } from '#contract/index.ts';

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function knownCode(value: unknown): ErrorCode | undefined {
  return errorCodes.find((code) => code === value);
}

/** True for an answer of the core that says no; false for a transport that broke, which a reconnect mends. */
export function isAnswer(error: unknown): boolean {
  return error instanceof Error && 'code' in error && 'status' in error;
}

/** The problem inside whatever a call threw: the core's own words where it sent them, else a plain INTERNAL. */
export function problemOf(error: unknown): Problem {
  const thrown = record(error);
  const sent = problem.safeParse(thrown['data']);
  if (sent.success) return sent.data;
  const message = error instanceof Error ? error.message : String(error);
  const code = knownCode(thrown['code']) ?? 'INTERNAL';
  const data = record(thrown['data']);
  return {
    code,
    message,
    ...(typeof data['remedy'] === 'string' ? { remedy: data['remedy'] } : {}),
    ...(typeof data['details'] === 'object' && data['details'] !== null ? { details: { ...data['details'] } } : {}),
  };
}
