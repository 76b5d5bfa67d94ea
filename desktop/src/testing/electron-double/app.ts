import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeExit, onExit } from './lifetime.ts';
import { PreventableEvent, StrictEmitter, strict } from './strict.ts';

const events = [
  'ready',
  'activate',
  'open-url',
  'second-instance',
  'window-all-closed',
  'before-quit',
  'will-quit',
  'quit',
  'web-contents-created',
];

/** A folder of this app's own: in the state folder of the test, where it names one, else until the double ends. */
function userData(): string {
  const state = process.env['QUAYSIDE_STATE_DIR'];
  if (state !== undefined) {
    const folder = join(state, 'electron');
    mkdirSync(folder, { recursive: true });
    return folder;
  }
  const folder = mkdtempSync(join(tmpdir(), 'quayside-double-'));
  beforeExit(() => {
    rmSync(folder, { recursive: true, force: true });
    return Promise.resolve();
  });
  return folder;
}

class App extends StrictEmitter {
  readonly isPackaged = false;
  #ready = false;
  #userData: string | undefined;
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

  /** What the system speaks. */
  getPreferredSystemLanguages(): string[] {
    return ['en-GB'];
  }

  isReady(): boolean {
    return this.#ready;
  }

  getPath(name: string): string {
    if (name !== 'userData') throw new Error(`electron double: app.getPath('${name}') is not implemented`);
    this.#userData ??= userData();
    return this.#userData;
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
