import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, screen, session, shell, type WebContents } from 'electron';
import writeFileAtomic from 'write-file-atomic';
import { reloadAfterCrashes } from './page-crash.ts';
import { appHost, appScheme, isAllowedExternal, isAllowedPermission } from './trust.ts';
import { placementOf, smallest, type WindowState } from './window-state.ts';
import type { Words } from './words/en.ts';

/** Brings the panel's window to the front, or opens it; with a fragment (`/logs`), it goes to that page. */
export function showWindow(preload: string, fragment: string | undefined, words: () => Words): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) {
    openWindow(preload, fragment ?? '', words);
    return;
  }
  if (fragment !== undefined) void window.loadURL(addressOf(fragment));
  if (window.isMinimized()) window.restore();
  window.focus();
}

const addressOf = (fragment: string): string => `${appScheme}://${appHost}/${fragment === '' ? '' : `#${fragment}`}`;

/** Opens the panel; it is shown once it has something to show. */
function openWindow(preload: string, fragment: string, words: () => Words): void {
  const kept = join(app.getPath('userData'), 'window.json');
  const { maximized, ...place } = placementOf(
    readState(kept),
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const window = new BrowserWindow({
    ...place,
    minWidth: smallest.width,
    minHeight: smallest.height,
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
  if (maximized) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
  });
  window.on('close', () => {
    keepState(kept, { ...window.getNormalBounds(), maximized: window.isMaximized() });
  });
  reloadAfterCrashes(window.webContents, words);
  void window.loadURL(addressOf(fragment));
}

function readState(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The place of a window is not worth a message when it cannot be kept. */
function keepState(path: string, state: WindowState): void {
  try {
    writeFileAtomic.sync(path, JSON.stringify(state), { mode: 0o600 });
  } catch {
    // The next start opens in the usual place.
  }
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
