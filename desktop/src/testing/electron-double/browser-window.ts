import type { Page } from '@playwright/test';
import { z } from 'zod';
import { appCore } from './app.ts';
import { launchChromium } from './chromium.ts';
import { reportProblem } from './control.ts';
import { PreventableEvent, StrictEmitter, strict } from './strict.ts';
import { WebContents } from './web-contents.ts';

/** Options that the double knows; an unsafe value or an unknown name fails. */
const windowOptions = z.strictObject({
  x: z.number().optional(),
  y: z.number().optional(),
  width: z.number(),
  height: z.number(),
  minWidth: z.number().optional(),
  minHeight: z.number().optional(),
  show: z.boolean().optional(),
  title: z.string().optional(),
  autoHideMenuBar: z.boolean().optional(),
  webPreferences: z.strictObject({
    preload: z.string(),
    sandbox: z.literal(true),
    contextIsolation: z.literal(true),
    nodeIntegration: z.literal(false),
    webviewTag: z.literal(false),
    webSecurity: z.literal(true),
    spellcheck: z.literal(false),
    devTools: z.boolean(),
  }),
});
type WindowOptions = z.infer<typeof windowOptions>;

const open = new Set<Window>();

class Window extends StrictEmitter {
  readonly contents = new WebContents();
  readonly webContents = this.contents.outside;
  readonly outside: object;
  readonly #options: WindowOptions;
  #page: Page | undefined;
  #visible: boolean;
  #maximized = false;

  constructor(options: unknown) {
    super('BrowserWindow', ['ready-to-show', 'close', 'closed']);
    this.#options = windowOptions.parse(options);
    this.#visible = this.#options.show ?? true;
    this.outside = strict('BrowserWindow', this);
    open.add(this);
  }

  async loadURL(address: string): Promise<void> {
    try {
      if (this.#page !== undefined) {
        await this.contents.goTo(this.#page, address);
        return;
      }
      const browser = await launchChromium(this.#options.width, this.#options.height);
      this.#page = browser.context.pages()[0] ?? (await browser.context.newPage());
      this.#page.once('domcontentloaded', () => this.emit('ready-to-show'));
      await this.contents.load(browser, this.#page, address, this.#options.webPreferences.preload);
    } catch (error) {
      reportProblem(`the window did not load: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  show(): void {
    this.#visible = true;
  }

  maximize(): void {
    this.#maximized = true;
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  /** Nobody can move or resize a window of the double. */
  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    const { x = 0, y = 0, width, height } = this.#options;
    return { x, y, width, height };
  }

  isVisible(): boolean {
    return this.#visible;
  }

  isMinimized(): boolean {
    return false;
  }

  focus(): void {
    this.#visible = true;
  }

  /** As when the user closes the window. */
  async close(): Promise<void> {
    this.emit('close', new PreventableEvent());
    open.delete(this);
    await this.#page?.close();
    this.emit('closed');
    if (open.size === 0) appCore.emit('window-all-closed');
  }
}

/** Called with `new`; what it gives throws on everything that the double does not have. */
export const BrowserWindow = strict(
  'BrowserWindow',
  Object.assign(
    function createWindow(options: unknown): object {
      return new Window(options).outside;
    },
    {
      getAllWindows: (): object[] => [...open].map((window) => window.outside),
      fromWebContents: (contents: object): object | null =>
        [...open].find((window) => window.webContents === contents)?.outside ?? null,
    },
  ),
);

/** Closes all windows, as a user would. */
export async function closeWindows(): Promise<void> {
  for (const window of [...open]) await window.close();
}
