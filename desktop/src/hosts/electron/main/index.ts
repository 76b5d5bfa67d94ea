import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  type IpcMainEvent,
  ipcMain,
  Menu,
  MessageChannelMain,
  type MessagePortMain,
  safeStorage,
} from 'electron';
import { type Language, preferredLanguage } from '#kit/language.ts';
import { registerAppScheme, serveAssets } from './asset-protocol.ts';
import { watchCore } from './core-watch.ts';
import { fragmentOf, linkIn, linkScheme } from './deep-link.ts';
import { endWith, restartInto } from './ending.ts';
import { spawnEngine } from './engine-child.ts';
import { type EngineSupervisor, superviseEngine } from './engine-supervisor.ts';
import { installedUpdates } from './installed-updates.ts';
import { menuTemplate } from './menu.ts';
import { projectDirectory } from './project-directory.ts';
import { createSecretStore } from './secret-store.ts';
import { type Speech, speechIn } from './speech.ts';
import { createTray, type StatusTray } from './tray.ts';
import { connectChannel, isTrustedSender } from './trust.ts';
import { followUpdates, type UpdateSource, type UpdateState } from './updates.ts';
import { denyEverythingElse, preloadPath, showWindow } from './window.ts';

const mainFolder = import.meta.dirname;

/** How this app speaks now, to be asked for whenever it says something. */
let speech = speechIn('en');

app.enableSandbox();
registerAppScheme();
if (app.requestSingleInstanceLock()) void run();
else app.quit();

/** Brings the window to the front, or opens one; with a fragment, on that page. */
function show(fragment?: string): void {
  showWindow(preloadPath(mainFolder), fragment, () => speech.words);
}

async function run(): Promise<void> {
  const links = followLinks();
  await app.whenReady();
  const system = preferredLanguage(app.getPreferredSystemLanguages());
  speech = speechIn(system);
  const directory = await projectDirectory(speech.words);
  if (directory === undefined) {
    app.quit();
    return;
  }
  serveAssets(join(mainFolder, '..', 'renderer'));
  denyEverythingElse();
  const secrets = createSecretStore({
    file: join(app.getPath('userData'), 'secrets.json'),
    keychain: safeStorage,
    platform: process.platform,
  });
  const engine = superviseEngine<MessagePortMain>({
    spawn: () => spawnEngine(mainFolder, directory, secrets),
    discard: (port) => {
      port.close();
    },
    now: () => performance.now(),
  });
  ipcMain.on(connectChannel, (event) => {
    acceptPort(event, engine);
  });
  const updating: { source?: UpdateSource; state?: UpdateState } = {};
  const onRestart = (): void => {
    if (updating.source !== undefined) void restartInto(updating.source, end);
  };
  setMenu(onRestart, updating.state);
  show(links.start());
  keepOneWindow();
  const { tray, forget } = followInTray(engine, onRestart, system, (next) => {
    speech = next;
    setMenu(onRestart, updating.state);
  });
  const end = endWith(engine, forget);
  // A copy whose updates cannot even be set up runs as it is.
  const source = await installedUpdates().catch(() => undefined);
  if (source === undefined) return;
  updating.source = source;
  followUpdates({
    source,
    running: app.getVersion(),
    onState(update) {
      updating.state = update;
      setMenu(onRestart, update);
      if (update.ready !== undefined) tray.offer(update.ready);
    },
  });
}

function setMenu(onRestart: () => void, update: UpdateState | undefined): void {
  const template = menuTemplate({
    words: speech.words,
    isMac: process.platform === 'darwin',
    isPackaged: app.isPackaged,
    onPage: (page) => {
      show(`/${page}`);
    },
    onRestart,
    update,
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** The state of the stack in the system's bar, and the language that was chosen in the panel; `forget` ends the watching. */
function followInTray(
  engine: EngineSupervisor<MessagePortMain>,
  onRestart: () => void,
  system: Language,
  onSpeech: (speech: Speech) => void,
): { tray: StatusTray; forget: () => void } {
  const tray = createTray(speech, {
    onOpen: show,
    onAction: ({ verb }) => {
      // The page shows the operation, or why there is none.
      void core.start(verb).then(
        () => undefined,
        () => {
          show('/stack');
        },
      );
    },
    onRestart,
    onQuit: () => {
      app.quit();
    },
  });
  const core = watchCore({
    open() {
      const { port1, port2 } = new MessageChannelMain();
      engine.connect(port2);
      return port1;
    },
    onState: (state) => {
      tray.show(state);
    },
    system,
    onLanguage: (language, sentences) => {
      const next = speechIn(language, sentences);
      tray.speak(next);
      onSpeech(next);
    },
  });
  return {
    tray,
    forget: () => {
      core.dispose();
    },
  };
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

/**
 * Links of other programs into this app. What comes before there is a window is given by `start`, which also lets later
 * ones through.
 */
function followLinks(): { start(): string | undefined } {
  // Only an installed copy may take the scheme over: else a checkout would be what links open from then on.
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
  let first = fragmentOf(linkIn(process.argv.slice(1)) ?? '');
  let open: ((fragment: string | undefined) => void) | undefined;
  // macOS hands links over by this event, other systems as an argument.
  app.on('open-url', (event, link) => {
    event.preventDefault();
    const fragment = fragmentOf(link);
    if (open === undefined) first = fragment;
    else open(fragment);
  });
  return {
    start() {
      open = show;
      return first;
    },
  };
}

function keepOneWindow(): void {
  app.on('second-instance', (_event, args) => {
    show(fragmentOf(linkIn(args) ?? ''));
  });
  app.on('activate', () => {
    show();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}
