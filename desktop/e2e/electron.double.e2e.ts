import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DoubleReport } from '#testing/electron-double/control.ts';
import { desktopFolder, hostEnvironment } from './support/app.ts';
import { expect, test } from './support/test.ts';

const page = "new Response('<script src=a.js></script>', { headers: { 'Content-Type': 'text/html' } })";

/** A small app: `page.js` and `preload.cjs` are its scripts, `window` changes the options of its window. */
function smallApp(parts: { page?: string; preload?: string; window?: string; main?: string }): string {
  return `
import { app, BrowserWindow, protocol } from 'electron';
import { writeFileSync } from 'node:fs';
const preload = import.meta.dirname + '/preload.cjs';
writeFileSync(preload, ${JSON.stringify(parts.preload ?? '')});
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
await app.whenReady();
protocol.handle('app', ({ url }) => url.endsWith('.js') ? new Response(${JSON.stringify(parts.page ?? '')}) : ${page});
const webPreferences = { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false,
  webSecurity: true, spellcheck: false, devTools: false, ${parts.window ?? ''} };
${parts.main ?? ''}
await new BrowserWindow({ width: 400, height: 300, webPreferences }).loadURL('app://small/');
`;
}

/** Runs an app in the double until it reports a problem or ends, and gives what it said. */
async function firstProblem(source: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'qs-test-double-'));
  const main = join(folder, 'main.mjs');
  writeFileSync(main, source);
  const register = join(desktopFolder, 'src', 'testing', 'electron-double', 'register.ts');
  const app = spawn(process.execPath, ['--import', register, main], {
    env: hostEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  app.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const exited = new Promise((resolve) => app.once('exit', resolve));
  const said = await new Promise<string>((resolve) => {
    app.on('message', (report: DoubleReport) => {
      if (report.kind === 'problem') resolve(report.message);
    });
    void exited.then(() => {
      resolve(errors);
    });
  });
  if (app.connected) app.disconnect();
  await exited;
  rmSync(folder, { recursive: true });
  return said;
}

const cases: readonly [name: string, source: string, said: RegExp][] = [
  [
    'a part of Electron that it does not have',
    smallApp({ main: "app.dock.hide('x');" }),
    /app\.dock is not implemented/,
  ],
  [
    'an event that it does not have',
    smallApp({ main: "app.on('gpu-info-update', () => {});" }),
    /app#gpu-info-update is not/,
  ],
  [
    'a module that it does not have',
    `import { powerMonitor } from 'electron';`,
    /does not provide an export named 'powerMonitor'/,
  ],
  ['a window without a sandbox', smallApp({ window: 'sandbox: false' }), /sandbox/],
  [
    'a window option that it does not know',
    smallApp({ window: 'nodeIntegrationInWorker: true' }),
    /nodeIntegrationInWorker/,
  ],
  [
    'an exception in the page',
    smallApp({ page: "throw new Error('from the page')" }),
    /the page threw.*from the page/s,
  ],
  ['an error in the console', smallApp({ page: "console.error('logged')" }), /the page logged: logged/],
  ['a request to elsewhere', smallApp({ page: "fetch('https://evil.example/')" }), /asked for https:\/\/evil\.example/],
  [
    'an exception in the preload script',
    smallApp({ preload: "throw new Error('from preload')" }),
    /preload script threw.*from preload/s,
  ],
  ['Node in the preload script', smallApp({ preload: "require('fs')" }), /preload script threw.*module not found: fs/s],
  [
    'ipcRenderer.send',
    smallApp({ preload: "require('electron').ipcRenderer.send('x')" }),
    /ipcRenderer\.send is not implemented/,
  ],
  [
    'contextBridge',
    smallApp({ preload: "require('electron').contextBridge" }),
    /electron\.contextBridge is not implemented/,
  ],
  ['an exception in the main process', smallApp({ main: "throw new Error('from main')" }), /from main/],
];

for (const [name, source, said] of cases) {
  test(`the double fails at once on ${name}`, async () => {
    expect(await firstProblem(source)).toMatch(said);
  });
}
