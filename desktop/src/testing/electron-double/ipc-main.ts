import { EventEmitter } from 'node:events';
import { strict } from './strict.ts';

/** Where messages of pages arrive. */
export const pageMessages = new EventEmitter();

/** `handle`, `once` and the rest are left out: this app has a single channel, and another has to be added on purpose. */
export const ipcMain = strict('ipcMain', {
  on(channel: string, listener: (...args: unknown[]) => void): void {
    pageMessages.on(channel, listener);
  },
});
