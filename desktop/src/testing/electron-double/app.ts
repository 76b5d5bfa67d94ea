import { setImmediate as nextTurn } from 'node:timers/promises';
import { onExit } from './lifetime.ts';
import { PreventableEvent, StrictEmitter, strict } from './strict.ts';

const events = [
  'ready',
  'activate',
  'second-instance',
  'window-all-closed',
  'before-quit',
  'will-quit',
  'quit',
  'web-contents-created',
];

class App extends StrictEmitter {
  readonly isPackaged = false;
  #ready = false;
  #readyPromise = nextTurn().then(() => {
    this.#ready = true;
    this.emit('ready');
  });

  enableSandbox(): void {
    if (this.#ready) throw new Error('electron double: app.enableSandbox() after ready');
  }

  requestSingleInstanceLock(): boolean {
    return true;
  }

  whenReady(): Promise<void> {
    return this.#readyPromise;
  }

  isReady(): boolean {
    return this.#ready;
  }

  quit(): void {
    this.emit('before-quit', new PreventableEvent());
    const event = new PreventableEvent();
    this.emit('will-quit', event);
    if (!event.defaultPrevented) this.exit(0);
  }

  exit(code = 0): void {
    this.emit('quit', new PreventableEvent(), code);
    void onExit().finally(() => process.exit(code));
  }
}

/** The events come without Electron's first argument where nothing uses it. */
export const appCore = new App('app', events);
export const app = strict('app', appCore);
