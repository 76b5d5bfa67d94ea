import { strict } from './strict.ts';

type Decide = (...args: never[]) => unknown;

/** Handlers are kept so that a test may ask them; Chromium itself denies all permissions in the double. */
const permissionHandlers = new Map<'request' | 'check' | 'device', Decide | null>();

export const session = strict('session', {
  defaultSession: strict('session.defaultSession', {
    setPermissionRequestHandler(handler: Decide | null): void {
      permissionHandlers.set('request', handler);
    },
    setPermissionCheckHandler(handler: Decide | null): void {
      permissionHandlers.set('check', handler);
    },
    setDevicePermissionHandler(handler: Decide | null): void {
      permissionHandlers.set('device', handler);
    },
  }),
});
