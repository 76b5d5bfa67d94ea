import { createContext, useContext } from 'react';

/** What an action may need of whoever looks at it; looking itself needs nothing. */
export type Need = 'operator' | 'admin';

/** Why an action with this need is not open to whoever looks at it; nothing where it is. */
export type Refuse = (need: Need) => string | undefined;

/** Says for everything below it which needs are not met. */
export const Refusals = createContext<Refuse>(() => undefined);

/** Why an action is not open here, in words; nothing where it is, or where it needs nothing. */
export function useRefusal(need: Need | undefined): string | undefined {
  const refuse = useContext(Refusals);
  return need === undefined ? undefined : refuse(need);
}
