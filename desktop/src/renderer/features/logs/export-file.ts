import type { LogExportPage, LogFilter, LogLine } from '#contract/index.ts';
import { plainText } from '#ui/plain-text.ts';
import { saveFile } from '#ui/save-file.ts';
import { t } from '#words/index.ts';
import type { Outcome } from './export-outcome.ts';
import { storedFile } from './stored-file.ts';

export type ExportFormat = 'ndjson' | 'text';

export interface ExportOrder {
  filter: LogFilter;
  format: ExportFormat;
  /** How many lines it will have. `many`: a file is asked for and written as they come, where the browser can. `open`: nobody knows. */
  size: 'few' | 'open' | 'many';
}

/** A file that lines are written to as they come. */
export interface Sink {
  /** Bytes that fit. */
  readonly most: number;
  /** False where no more fits. */
  write(text: string): Promise<boolean>;
  close(): Promise<void>;
  /** Nothing is left of what was written. */
  abort(): Promise<void>;
}

export const formats = {
  ndjson: { type: 'application/x-ndjson', extension: 'ndjson' },
  text: { type: 'text/plain', extension: 'log' },
} as const;

/** Where a browser has no storage on disk, everything is gathered in memory: more than this is not. */
const mostGathered = 256 * 1024 * 1024;

/** A line as it stands in an export; a text cannot steer the terminal that shows it. */
export function exportedLine(line: LogLine, format: ExportFormat): string {
  if (format === 'ndjson') return `${JSON.stringify(line)}\n`;
  return `${line.time} ${line.service.padEnd(12)} ${line.level.padEnd(5)} ${plainText(line.text)}\n`;
}

interface SaveOptions {
  suggestedName: string;
  types: { description: string; accept: Record<string, string[]> }[];
}
type Picker = (options: SaveOptions) => Promise<FileSystemFileHandle>;

/** What the browser has to write to. */
interface Ways {
  readonly pick: Picker | undefined;
  readonly from: Navigator;
}

/** The browser's way to let its user choose a file to be written; not every browser has one. */
export function filePicker(): Picker | undefined {
  const found: unknown = Reflect.get(window, 'showSaveFilePicker');
  return typeof found === 'function' ? (found as Picker).bind(window) : undefined;
}

/** Writes to a file that is asked for; nothing where the asking is broken off. */
async function pickedSink(pick: Picker, name: string, format: ExportFormat): Promise<Sink | undefined> {
  const { type, extension } = formats[format];
  const description = t(`logs:export.format.${format}`);
  let handle: FileSystemFileHandle;
  try {
    handle = await pick({ suggestedName: name, types: [{ description, accept: { [type]: [`.${extension}`] } }] });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
  const file = await handle.createWritable();
  return {
    most: Number.POSITIVE_INFINITY,
    async write(text) {
      await file.write(text);
      return true;
    },
    close: () => file.close(),
    abort: () => file.abort(),
  };
}

/**
 * Where lines are written to: a file that is asked for, or a download, gathered on disk where there is room for more than in
 * memory. In memory is gathered what is known to be little, and all where the browser has nothing better. Nothing where the asking is broken off.
 */
export async function openSink(
  { format, size }: Pick<ExportOrder, 'format' | 'size'>,
  name: string,
  { pick, from }: Ways = { pick: filePicker(), from: navigator },
): Promise<Sink | undefined> {
  if (size === 'many' && pick !== undefined) return pickedSink(pick, name, format);
  const stored = await storedSink(name, format, from);
  if (stored !== undefined) return stored;
  return size === 'few' || pick === undefined ? memorySink(name, format) : pickedSink(pick, name, format);
}

/** Gathers everything for a download in the browser's storage. */
async function storedSink(name: string, format: ExportFormat, from: Navigator): Promise<Sink | undefined> {
  const file = await storedFile(name, mostGathered, from);
  if (file === undefined) return undefined;
  const encoder = new TextEncoder();
  let size = 0;
  return {
    most: file.most,
    async write(text) {
      const part = encoder.encode(text);
      size += part.length;
      if (size > file.most) return false;
      await file.write(part);
      return true;
    },
    async close() {
      saveFile(name, formats[format].type, [await file.close()]);
    },
    abort: () => file.abort(),
  };
}

/** Gathers everything for a download in memory. */
export function memorySink(name: string, format: ExportFormat, most = mostGathered): Sink {
  const parts: string[] = [];
  let size = 0;
  return {
    most,
    write(text) {
      size += text.length;
      if (size > most) return Promise.resolve(false);
      parts.push(text);
      return Promise.resolve(true);
    },
    close() {
      saveFile(name, formats[format].type, parts);
      return Promise.resolve();
    },
    abort: () => Promise.resolve(),
  };
}

/** Writes all lines into a sink and tells what became of it. */
export async function writeLines(
  pages: AsyncIterable<LogExportPage>,
  sink: Sink,
  format: ExportFormat,
  onCount: (count: number) => void,
): Promise<Outcome> {
  let written = 0;
  let missing = false;
  for await (const { lines, missing: some } of pages) {
    missing ||= some;
    if (!(await sink.write(lines.map((line) => exportedLine(line, format)).join('')))) {
      await sink.close();
      return { kind: 'full', lines: written, most: sink.most };
    }
    written += lines.length;
    onCount(written);
  }
  await sink.close();
  return { kind: 'saved', lines: written, format, missing };
}
