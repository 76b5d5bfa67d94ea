import { randomUUID } from 'node:crypto';
import { type LogExportPage, QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';

type Pages = AsyncIterator<Omit<LogExportPage, 'id'>>;

/** Who does not read on for so long has gone. */
const IDLE_MS = 60_000;
/** So many at once; a further one ends the one that was read on least recently. */
const MOST = 8;

interface Reading {
  readonly pages: Pages;
  readonly abort: AbortController;
}

function ended(): QuaysideError {
  return new QuaysideError('USAGE', say`This export has ended.`, { remedy: say`Export the lines again.` });
}

/** Exports that are being read page by page: nothing is read ahead of who writes them down. */
export class LogExports {
  readonly #readings = new Map<string, Reading & { readonly timer: NodeJS.Timeout }>();
  /** Of all that have not ended. */
  readonly #aborts = new Set<AbortController>();
  readonly #idleMs: number;

  constructor(idleMs = IDLE_MS) {
    this.#idleMs = idleMs;
  }

  /** The first page; `signal` ends the export where nobody waits for it any more. */
  async begin(pagesOf: (signal: AbortSignal) => Pages, signal: AbortSignal): Promise<LogExportPage> {
    const [oldest] = this.#readings.keys();
    if (this.#readings.size >= MOST && oldest !== undefined) this.#end(oldest);
    const abort = new AbortController();
    this.#aborts.add(abort);
    return this.#read({ pages: pagesOf(abort.signal), abort }, signal);
  }

  /** Each page has an id of its own, so that none is told twice or passed over. Throws USAGE for one that is not the next. */
  async next(id: string, signal: AbortSignal): Promise<LogExportPage> {
    const waiting = this.#readings.get(id);
    if (waiting === undefined) throw ended();
    clearTimeout(waiting.timer);
    this.#readings.delete(id);
    return this.#read(waiting, signal);
  }

  dispose(): void {
    for (const abort of this.#aborts) abort.abort();
  }

  async #read({ pages, abort }: Reading, signal: AbortSignal): Promise<LogExportPage> {
    const leave = (): void => {
      abort.abort();
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      const page = await pages.next();
      // What is ended from outside ends early, and looks whole.
      if (abort.signal.aborted) throw ended();
      if (page.done !== true) return { ...page.value, id: this.#wait({ pages, abort }) };
      this.#aborts.delete(abort);
      return { lines: [], missing: false };
    } catch (error) {
      this.#aborts.delete(abort);
      abort.abort();
      throw error;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  #wait(reading: Reading): string {
    const id = randomUUID();
    const timer = setTimeout(() => {
      this.#end(id);
    }, this.#idleMs);
    timer.unref();
    this.#readings.set(id, { ...reading, timer });
    return id;
  }

  #end(id: string): void {
    const reading = this.#readings.get(id);
    if (reading === undefined) return;
    clearTimeout(reading.timer);
    this.#readings.delete(id);
    this.#aborts.delete(reading.abort);
    reading.abort.abort();
  }
}
