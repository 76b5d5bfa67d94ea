import { appCore } from './app.ts';
import { closeWindows } from './browser-window.ts';
import { type DoubleRequest, onRequest, reportProblem } from './control.ts';
import { isEnding, onExit } from './lifetime.ts';
import { choose } from './menu.ts';
import { safeStorageOf } from './safe-storage.ts';
import { PreventableEvent } from './strict.ts';
import { trayMenu } from './tray.ts';
import { crashUtilityProcesses } from './utility-process.ts';

export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { ipcMain } from './ipc-main.ts';
export { Menu } from './menu.ts';
export { MessageChannelMain } from './message-port-main.ts';
export { protocol } from './protocol.ts';
export { screen } from './screen.ts';
export { session } from './session.ts';
export { dialog, shell } from './shell.ts';
export { nativeImage, Tray } from './tray.ts';
export { utilityProcess } from './utility-process.ts';

/** A desktop with a keychain that is open, whatever the machine of the test has. */
export const safeStorage = safeStorageOf({
  backend: 'gnome_libsecret',
  isOpen: true,
  isReady: () => appCore.isReady(),
});

// Not once: what is still under way while the browser closes fails too, and must not cut the closing short.
process.on('uncaughtException', (error) => {
  if (!isEnding()) reportProblem(`the main process threw: ${error.stack ?? error.message}`);
  void onExit().finally(() => process.exit(70));
});

async function answer(request: DoubleRequest): Promise<void> {
  switch (request.kind) {
    case 'close-window':
      return closeWindows();
    case 'crash-engine':
      return crashUtilityProcesses();
    case 'choose':
      choose(request.of === 'tray' ? trayMenu() : undefined, request.path);
      return;
    case 'start-again':
      appCore.emit('second-instance', new PreventableEvent(), ['quayside', ...request.args]);
  }
}

onRequest(
  (request) => {
    answer(request).catch((error: unknown) => {
      reportProblem(error instanceof Error ? error.message : String(error));
    });
  },
  () => {
    void onExit().finally(() => process.exit(0));
  },
);
