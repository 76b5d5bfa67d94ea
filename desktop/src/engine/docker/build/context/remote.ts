import { isAbsolute } from 'node:path';
import type { BuildRequest } from '../../types.ts';

/** Whether the engine fetches the context itself: everything that is not a path. */
export function isRemote({ context }: Pick<BuildRequest, 'context'>): boolean {
  return !isAbsolute(context);
}

/** The address as it may be shown: without a name and password in it. */
export function shownAddress(context: string): string {
  return context.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
}
