import type { ReactNode } from 'react';
import { mayAct, type Role } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { type Need, Refusals } from '#ui/needs.ts';
import { t } from '#words/index.ts';

/** Why somebody with this role may not do what needs another; before it is known who looks, nothing is refused here. */
export function refusalFor(held: Role | undefined, need: Need): string | undefined {
  return held === undefined || mayAct(held, need) ? undefined : t('app:needsRole', { role: need });
}

/** Below it, what the user's role does not reach is shown disabled. The core refuses it all the same. */
export function RoleGate({ stores, children }: { stores: Stores; children: ReactNode }) {
  const role = useStore(stores.connection, ({ hello }) => hello?.user.role);
  return <Refusals value={(need) => refusalFor(role, need)}>{children}</Refusals>;
}
