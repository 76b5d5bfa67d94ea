import { join } from 'node:path';
import { app, BrowserWindow, session, shell, type WebContents } from 'electron';
import { appHost, appScheme, isAllowedExternal, isAllowedPermission } from './trust.ts';

/** Opens the panel; it is shown once it has something to show. */
export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 832,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Quayside',
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  void window.loadURL(`${appScheme}://${appHost}/`);
  return window;
}

/** Path of the built preload script, seen from out/main. */
export function preloadPath(mainFolder: string): string {
  return join(mainFolder, '..', 'preload', 'index.cjs');
}

/** Nothing that any page of this app holds may navigate, open windows, embed views or use devices. */
export function denyEverythingElse(): void {
  app.on('web-contents-created', (_event, contents) => {
    confine(contents);
  });
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, decide) => {
    decide(isAllowedPermission(permission));
  });
  defaultSession.setPermissionCheckHandler((_contents, permission) => isAllowedPermission(permission));
  defaultSession.setDevicePermissionHandler(() => false);
}

function confine(contents: WebContents): void {
  const prevent = (event: { preventDefault(): void }): void => {
    event.preventDefault();
  };
  contents.on('will-navigate', prevent);
  contents.on('will-frame-navigate', prevent);
  contents.on('will-redirect', prevent);
  contents.on('will-attach-webview', prevent);
  contents.setWindowOpenHandler(({ url }) => {
    if (isAllowedExternal(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}
