import { z } from 'zod';
import { loginKeeping } from '#contract/index.ts';

/**
 * What the engine process asks the main process for, which alone reaches the system's keychain. Both sides check what comes: a
 * message of any other shape is not for them.
 */
const name = z.string().min(1).max(300);
export const secretRequest = z.object({
  kind: z.literal('secret'),
  id: z.int(),
  ask: z.discriminatedUnion('call', [
    z.object({ call: z.literal('keeping') }),
    z.object({ call: z.literal('names') }),
    z.object({ call: z.literal('get'), name }),
    z.object({ call: z.literal('set'), name, secret: z.string() }),
    z.object({ call: z.literal('delete'), name }),
  ]),
});
export type SecretRequest = z.infer<typeof secretRequest>;

export const secretAnswer = z.object({
  kind: z.literal('secret'),
  id: z.int(),
  /** Absent where it failed. */
  value: z.unknown().optional(),
  /** Why it failed, without the secret. */
  failure: z.string().optional(),
});
export type SecretAnswer = z.infer<typeof secretAnswer>;

/** What `value` is, by what was asked. */
export const secretValues = {
  keeping: loginKeeping,
  names: z.array(z.string()),
  get: z.string().optional(),
  set: z.undefined(),
  delete: z.boolean(),
};
/** What is answered to `A`. */
export type SecretValue<A extends SecretRequest['ask']> = z.infer<(typeof secretValues)[A['call']]>;

const keptLogin = z.object({ username: z.string(), password: z.string() });

/** What is kept under the name of a registry. Throws where it is no login; what a parser says of it may quote it. */
export function loginIn(secret: string): z.infer<typeof keptLogin> {
  try {
    return keptLogin.parse(JSON.parse(secret));
  } catch {
    throw new Error('what is kept is no login');
  }
}
