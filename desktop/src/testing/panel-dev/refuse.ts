import { ORPCError } from '@orpc/server';
import type { Problem } from '#contract/index.ts';

/** Throws what the core would send. */
export function refuse({ code, message, remedy, details }: Problem): never {
  throw new ORPCError(code, { message, data: { remedy, details } });
}
