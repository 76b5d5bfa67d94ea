import { AsyncLocalStorage } from 'node:async_hooks';
import { hostname, userInfo } from 'node:os';

/** Somebody who signed in to a shared panel, and the network address they came from. */
export interface Actor {
  readonly name: string;
  readonly origin?: string | undefined;
}

const acting = new AsyncLocalStorage<Actor>();

/** Does something on behalf of somebody: what it begins is written down under their name, also what ends long after. */
export function onBehalfOf<T>(actor: Actor | undefined, work: () => T): T {
  return actor === undefined ? work() : acting.run(actor, work);
}

/** On whose behalf the code runs that asks; absent = of the account that Quayside runs under. */
export function currentActor(): Actor | undefined {
  return acting.getStore();
}

/**
 * Who does something, for what other machines read, too: the account, `deploy`; for somebody who signed in to a shared panel,
 * `mina via deploy`, which no account can be called.
 */
export function whoami(): { actor: string; host: string } {
  const account = userInfo().username;
  const somebody = currentActor();
  return { actor: somebody === undefined ? account : `${somebody.name} via ${account}`, host: hostname() };
}
