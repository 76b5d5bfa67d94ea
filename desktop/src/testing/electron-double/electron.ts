import { closeWindows } from './browser-window.ts';
import { onRequest, reportProblem } from './control.ts';
import { isEnding, onExit } from './lifetime.ts';
import { crashUtilityProcesses } from './utility-process.ts';

export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { ipcMain } from './ipc-main.ts';
export { protocol } from './protocol.ts';
export { session } from './session.ts';
export { dialog, shell } from './shell.ts';
export { utilityProcess } from './utility-process.ts';

// Not once: what is still under way while the browser closes fails too, and must not cut the closing short.
process.on('uncaughtException', (error) => {
  if (!isEnding()) reportProblem(`the main process threw: ${error.stack ?? error.message}`);
  void onExit().finally(() => process.exit(70));
});

onRequest(
  (request) => {
    void (request === 'close-window' ? closeWindows() : crashUtilityProcesses());
  },
  () => {
    void onExit().finally(() => process.exit(0));
  },
);
