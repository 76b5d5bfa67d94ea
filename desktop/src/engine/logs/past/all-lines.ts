import type { LogExportPage, LogFilter, LogLine } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { formatTime, timeOf } from '../parse/timestamp.ts';
import { readPage } from '../search/read.ts';
import { parseMoment } from '../since.ts';
import {
  type AllLinesOptions,
  endOf,
  exportMarker,
  type Older,
  olderLines,
  type Said,
  withOlder,
} from './older-lines.ts';

const PAGE = 1000;
const PAGE_CHARACTERS = 512 * 1024;

/**
 * Every matching line, oldest first, page by page: those that only the engine has, and those that are held now. Where some may be
 * missing a marker says so.
 */
export async function* allLines(given: AllLinesOptions): AsyncGenerator<Omit<LogExportPage, 'id'>> {
  const options = { ...given, filter: fixed(given.filter, Date.now()) };
  const said: Said = { missing: false };
  const { firstSeq, lastSeq } = options.held.store;
  const wanted = await withOlder(options);
  const older = new Side(olderLines(options, wanted, said), endsOf(wanted));
  const held = new Side(heldLines(options, firstSeq, lastSeq, said));
  let page: LogLine[] = [];
  let size = 0;
  while ((await older.ready()) || (await held.ready())) {
    // Both may have ended a page: the other is looked at before one goes on.
    await held.ready();
    const line = older.isBefore(held) ? older.take() : held.take();
    page.push(line);
    size += line.text.length;
    if (page.length < PAGE && size < PAGE_CHARACTERS) continue;
    yield { lines: page, ...said };
    page = [];
    size = 0;
  }
  yield { lines: page, ...said };
}

/** A time back from now stays the same one from page to page. */
function fixed(filter: LogFilter, nowMs: number): LogFilter {
  const { from, to } = filter;
  return {
    ...filter,
    ...(from === undefined ? {} : { from: formatTime(parseMoment(from, nowMs)) }),
    ...(to === undefined ? {} : { to: formatTime(parseMoment(to, nowMs)) }),
  };
}

/** By name of a container: where its older lines end. */
function endsOf(older: readonly Older[]): Map<string, string> {
  return new Map(older.map(({ name, upTo }) => [name, formatTime(endOf(upTo))]));
}

/** Lines in order, page by page; the key of one is never less than that of the line before. */
class Side {
  readonly #pages: AsyncIterator<LogLine[]>;
  readonly #ends: ReadonlyMap<string, string>;
  #lines: readonly LogLine[] = [];
  #next = 0;
  #key = '';

  /** `ends`: of lines of this container no key is larger. */
  constructor(pages: AsyncIterator<LogLine[]>, ends: ReadonlyMap<string, string> = new Map()) {
    this.#pages = pages;
    this.#ends = ends;
  }

  /** Whether there is a line; waits for the next page where need be. */
  async ready(): Promise<boolean> {
    while (this.#next >= this.#lines.length) {
      const page = await this.#pages.next();
      if (page.done === true) return false;
      this.#lines = page.value;
      this.#next = 0;
    }
    return true;
  }

  take(): LogLine {
    const line = this.#lines[this.#next];
    if (line === undefined) throw new Error('There is no line.');
    this.#key = this.#keyOf(line);
    this.#next += 1;
    return line;
  }

  isBefore(other: Side): boolean {
    const [own, others] = [this.#head, other.#head];
    return own !== undefined && (others === undefined || own <= others);
  }

  get #head(): string | undefined {
    const line = this.#lines[this.#next];
    return line === undefined ? undefined : this.#keyOf(line);
  }

  #keyOf({ time, container }: LogLine): string {
    const end = this.#ends.get(container) ?? time;
    const own = time < end ? time : end;
    return own > this.#key ? own : this.#key;
  }
}

/** The lines from seq `first` to seq `last`. */
async function* heldLines(
  { held, filter, signal }: AllLinesOptions,
  first: number,
  last: number,
  said: Said,
): AsyncGenerator<LogLine[]> {
  for (let [after, more] = [first - 1, true]; more && after < last && !signal.aborted; ) {
    const page = await readPage(held, { filter, limit: PAGE, waitMs: 0, after }, signal);
    const lines = page.lines.filter(({ seq }) => seq <= last);
    const gone = Math.min(page.dropped, last - after);
    if (gone > 0) {
      said.missing = true;
      const text = say`Up to ${gone} lines are missing here: they left the core's memory before they were written.`;
      lines.unshift(exportMarker(text, lines[0]?.time ?? formatTime(timeOf(Date.now()))));
    }
    ({ cursor: after, more } = page);
    yield lines;
  }
}
