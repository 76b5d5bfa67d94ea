import { ORPCError } from '@orpc/server';
import { toProblem } from '#contract/index.ts';

/** The only place where an engine error becomes a wire error: code, message, remedy and details; never a stack. */
function toWireError(error: unknown): Error {
  if (error instanceof ORPCError) return error;
  const { code, message, remedy, details } = toProblem(error);
  return new ORPCError(code, { message, data: { remedy, details }, cause: error });
}

/** Runs a handler and translates what it throws. */
export async function translated<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toWireError(error);
  }
}

/** Passes a stream through and translates what it throws. */
export async function* translatedStream<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    throw toWireError(error);
  }
}
