import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { QuaysideError } from '#contract/index.ts';
import type { Engine } from '#engine/types.ts';
import { openBrowser } from './open-browser.ts';
import { isShared, type PlaceOptions } from './place.ts';
import { createWebHost } from './web-host.ts';

const linkHint = 'A link opens the panel once, within a minute. Press Enter for another, Ctrl+C to stop.\n';
const signInHint = 'People sign in under their own names. Ctrl+C stops the panel.\n';

export interface ServePanelOptions extends PlaceOptions {
  readonly engine: Engine;
  readonly staticDir: string;
  readonly open: boolean;
}

/**
 * Serves the panel until SIGINT or SIGTERM, then disposes of the engine. Prints one line with a link on standard output;
 * a link is good for one visit within a minute, so each Enter prints another; where people sign in it is always the same. Throws PORT_IN_USE, and INTERNAL where the
 * panel has not been built.
 */
export async function servePanel(options: ServePanelOptions): Promise<void> {
  if (!existsSync(join(options.staticDir, 'index.html'))) {
    throw new QuaysideError('INTERNAL', 'The panel has not been built.', { remedy: 'Run: npm run build' });
  }
  const onTrouble = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
  const host = await createWebHost({ ...options, onTrouble });
  const stopped = stopSignal();
  void resume(options.engine);
  printLink(host.link());
  process.stderr.write(isShared(options) ? signInHint : linkHint);
  const lines = createInterface({ input: process.stdin, terminal: false });
  lines.on('line', () => {
    tryPrintLink(host);
  });
  if (options.open && !(await openBrowser(host.link()))) {
    process.stderr.write('No browser could be started here: open the link above yourself.\n');
  }
  await stopped;
  lines.close();
  process.stdin.destroy();
  await host.close();
  await options.engine.dispose();
}

/** What was cut off before this start is put right without being asked. */
async function resume(engine: Engine): Promise<void> {
  try {
    for (const sentence of await engine.resume()) process.stderr.write(`${sentence}\n`);
  } catch {
    // No engine can be told yet; the panel says so, and the next action tries again.
  }
}

function printLink(link: string): void {
  process.stdout.write(`Quayside panel: ${link}\n`);
}

function tryPrintLink(host: { link(): string }): void {
  try {
    printLink(host.link());
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}

/** A second signal ends the process at once, as nothing catches it any more. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
