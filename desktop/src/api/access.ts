import { implement, ORPCError, os } from '@orpc/server';
import { type Access, contract, mayAct, type Role, role, type SessionView, type User } from '#contract/index.ts';
import { type Actor, onBehalfOf } from '#engine/actor.ts';
import { say } from '#kit/say.ts';

/** Who calls: what every host says of the other side of a connection. */
export interface Caller {
  readonly user: User;
  /** Whom the activity log names; absent = the account that Quayside runs under. */
  readonly actor?: Actor;
  /** The sessions that the caller may see and end; absent where the host has none. */
  readonly sessions?: {
    list(): SessionView[];
    /** False = there is none of that id among them. */
    end(id: string): boolean;
  };
}

/** Whoever runs Quayside: the desktop app, the command line, and whoever holds a link to a panel that is not shared. */
export const owner: Caller = { user: { name: '', role: 'admin' } };

/**
 * A call is answered only where the caller's role reaches what its procedure declares. The gate stands before the input is looked
 * at, so a refused call costs nothing and reaches nothing.
 */
export const gate = os
  .$context<Caller>()
  .$meta<Partial<Access>>({})
  .middleware(({ context, procedure, next }, input: unknown) => {
    const needed = neededRole(procedure['~orpc'].meta, input);
    if (needed === undefined) throw refusal(say`Nobody may call this: it does not say which role it needs.`);
    if (!mayAct(context.user.role, needed)) {
      throw refusal(
        say`This needs the role ${needed}; ${context.user.name || say`this session`} has the role ${context.user.role}.`,
        say`Ask whoever looks after this panel to do it, or to give you that role.`,
      );
    }
    return onBehalfOf(context.actor, () => next());
  });

/** The contract with the one gate before all of it. */
export const guarded = implement(contract).$context<Caller>().use(gate);

function neededRole(declared: Partial<Access>, input: unknown): Role | undefined {
  const { data: needed } = role.safeParse(declared.role);
  if (needed === undefined) return undefined;
  return asksForSecrets(input) ? 'admin' : needed;
}

/** Whatever is not plainly a no counts as a yes. */
function asksForSecrets(input: unknown): boolean {
  return (
    typeof input === 'object' &&
    input !== null &&
    'reveal' in input &&
    input.reveal !== false &&
    input.reveal !== undefined
  );
}

function refusal(message: string, remedy?: string): Error {
  return new ORPCError('FORBIDDEN', { message, data: { remedy } });
}
