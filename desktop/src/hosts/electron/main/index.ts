import { join } from 'node:path';
import { app, BrowserWindow, type IpcMainEvent, ipcMain, type MessagePortMain } from 'electron';
import { registerAppScheme, serveAssets } from './asset-protocol.ts';
import { spawnEngine } from './engine-child.ts';
import { type EngineSupervisor, superviseEngine } from './engine-supervisor.ts';
import { projectDirectory } from './project-directory.ts';
import { connectChannel, isTrustedSender } from './trust.ts';
import { denyEverythingElse, openWindow, preloadPath } from './window.ts';

const mainFolder = import.meta.dirname;

app.enableSandbox();
registerAppScheme();
if (app.requestSingleInstanceLock()) void run();
else app.quit();

async function run(): Promise<void> {
  await app.whenReady();
  const directory = await projectDirectory();
  if (directory === undefined) {
    app.quit();
    return;
  }
  serveAssets(join(mainFolder, '..', 'renderer'));
  denyEverythingElse();
  const engine = superviseEngine<MessagePortMain>({
    spawn: () => spawnEngine(mainFolder, directory),
    discard: (port) => {
      port.close();
    },
    now: () => performance.now(),
  });
  ipcMain.on(connectChannel, (event) => {
    acceptPort(event, engine);
  });
  openWindow(preloadPath(mainFolder));
  keepOneWindow();
  endWith(engine);
}

/** The single way from a page into this app. */
function acceptPort(event: IpcMainEvent, engine: EngineSupervisor<MessagePortMain>): void {
  const frame = event.senderFrame;
  const trusted = isTrustedSender({
    url: frame?.url,
    isMainFrame: frame?.parent === null,
    isKnownWindow: BrowserWindow.fromWebContents(event.sender) !== null,
    ports: event.ports.length,
  });
  for (const port of event.ports) {
    if (trusted) engine.connect(port);
    else port.close();
  }
}

function keepOneWindow(): void {
  const show = (): void => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) {
      openWindow(preloadPath(mainFolder));
      return;
    }
    if (window.isMinimized()) window.restore();
    window.focus();
  };
  app.on('second-instance', show);
  app.on('activate', show);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}

/** Ending the app ends its engine process, never a stack. */
function endWith(engine: EngineSupervisor<MessagePortMain>): void {
  app.on('will-quit', (event) => {
    event.preventDefault();
    void engine.stop().finally(() => {
      app.exit(0);
    });
  });
}
