import { reportCall } from './control.ts';
import { strict } from './strict.ts';

export const shell = strict('shell', {
  openExternal(url: string): Promise<void> {
    reportCall('shell.openExternal', url);
    return Promise.resolve();
  },
});

/** A dialog would wait for ever for a user, so opening one fails the run. */
export const dialog = strict('dialog', {});
