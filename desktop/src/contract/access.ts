import { oc } from '@orpc/contract';
import { z } from 'zod';

/**
 * What somebody may do. `viewer`: look, secrets masked. `operator`: also run operations on stacks. `admin`: also change env files
 * and settings, see secrets, and make a diagnostics bundle.
 */
export const role = z.enum(['viewer', 'operator', 'admin']);
export type Role = z.infer<typeof role>;

/** Whether whoever holds one role may do what needs another. */
export function mayAct(held: Role, needed: Role): boolean {
  return role.options.indexOf(held) >= role.options.indexOf(needed);
}

/** What every procedure declares of itself; one that declares nothing is answered to nobody. */
export interface Access {
  readonly role: Role;
}

const procedure = (needed: Role) => oc.$meta<Access>({ role: needed });

/** Begins of procedures, by who may call them. Where an input says `reveal`, the call needs an admin whatever its procedure says. */
export const viewer = procedure('viewer');
export const operator = procedure('operator');
export const admin = procedure('admin');

/** Who is on the other side of a connection. */
export const user = z.object({ name: z.string(), role });
export type User = z.infer<typeof user>;
