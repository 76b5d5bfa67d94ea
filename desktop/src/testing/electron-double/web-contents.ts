import { readFileSync } from 'node:fs';
import type { CDPSession, Frame, Page, Request, Route } from '@playwright/test';
import { appCore } from './app.ts';
import type { OwnBrowser } from './chromium.ts';
import { report, reportCall, reportProblem } from './control.ts';
import { pageMessages } from './ipc-main.ts';
import { bridgePreload } from './page-bridge.ts';
import { answerFromApp, realAddress, standInAddress } from './protocol.ts';
import { PreventableEvent, StrictEmitter, strict } from './strict.ts';

type OpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };

const events = [
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  'will-attach-webview',
  'render-process-gone',
  'dom-ready',
  'did-finish-load',
];

/** The page of a window: loads through the app's protocol handler, runs the preload script, asks before it navigates. */
export class WebContents extends StrictEmitter {
  #openHandler: OpenHandler | undefined;
  #loading: string | undefined;
  #url = '';
  readonly outside = strict('webContents', this);

  constructor() {
    super('webContents', events);
    appCore.emit('web-contents-created', new PreventableEvent(), this.outside);
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  /** Attaches to a browser page and loads the address; resolves when the document is there. */
  async load({ context, endpoint }: OwnBrowser, page: Page, address: string, preload: string): Promise<void> {
    this.#loading = standInAddress(address);
    const cdp = await context.newCDPSession(page);
    await context.route('**', (route) => this.#answer(route, page));
    watchForProblems(page);
    this.#watchOpening(page, cdp);
    await bridgePreload(cdp, readFileSync(preload, 'utf8'), ({ channel, message, ports }) => {
      pageMessages.emit(channel, this.#ipcEvent(page, ports), message);
    });
    await page.goto(this.#loading);
    this.emit('dom-ready');
    this.emit('did-finish-load');
    report({ kind: 'window', endpoint });
  }

  /** Another address of the same document: a fragment. */
  async goTo(page: Page, address: string): Promise<void> {
    if (address.split('#')[0] !== realAddress(page.url()).split('#')[0]) {
      throw new Error(`electron double: a window goes to another page of the same document only, not to ${address}`);
    }
    reportCall('loadURL', address);
    await page.goto(standInAddress(address));
  }

  /** Only main frames run the preload script, so the sender is always the main frame. */
  #ipcEvent(page: Page, ports: readonly object[]): object {
    const senderFrame = strict('senderFrame', { url: realAddress(page.url()), parent: null });
    return strict('ipcEvent', { sender: this.outside, senderFrame, ports });
  }

  async #answer(route: Route, page: Page): Promise<void> {
    const request = route.request();
    const frame = frameOf(request);
    const refused =
      request.isNavigationRequest() && frame === page.mainFrame()
        ? !this.#mayNavigate(request.url())
        : frame?.page() !== page;
    if (refused) {
      await route.abort('aborted');
      return;
    }
    const response = await answerFromApp(request.method(), request.url());
    if (!response) {
      reportProblem(`the page asked for ${realAddress(request.url())}`);
      await route.abort('blockedbyclient');
      return;
    }
    const body = Buffer.from(await response.arrayBuffer());
    await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
  }

  /** The first load and reloads are the app's own; everything else asks `will-navigate`. */
  #mayNavigate(address: string): boolean {
    // A request is told of without the fragment.
    if (address === this.#loading?.split('#')[0] || address === this.#url) {
      this.#url = address;
      return true;
    }
    const event = new PreventableEvent();
    this.emit('will-navigate', event, realAddress(address));
    reportCall('will-navigate', realAddress(address), event.defaultPrevented);
    return !event.defaultPrevented;
  }

  #watchOpening(page: Page, cdp: CDPSession): void {
    cdp.on('Page.windowOpen', ({ url }) => {
      const action = this.#openHandler?.({ url: realAddress(url) }).action ?? 'allow';
      reportCall('window.open', realAddress(url), action);
      if (action !== 'deny') reportProblem(`a second window was opened for ${url}`);
    });
    page.context().on('page', (opened) => {
      if (opened !== page) void opened.close();
    });
  }
}

/** Undefined for a window that is only just being opened; it is closed again before it loads anything. */
function frameOf(request: Request): Frame | undefined {
  try {
    return request.frame();
  } catch {
    return undefined;
  }
}

/** Whatever a page throws or its policy forbids fails the run at once. */
function watchForProblems(page: Page): void {
  page.on('pageerror', (error) => {
    reportProblem(`the page threw: ${error.stack ?? error.message}`);
  });
  page.on('console', (entry) => {
    if (entry.type() === 'error') reportProblem(`the page logged: ${entry.text()}`);
  });
  page.on('crash', () => {
    reportProblem('the page crashed');
  });
}
