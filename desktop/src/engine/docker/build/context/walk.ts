import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { ContextEntry, ContextLimits, ContextListing } from './entry.ts';
import type { FolderMatch, IgnoreMatcher } from './ignore-matcher.ts';
import { ContextMeter } from './limits.ts';

/** What to list: a real folder, its rules, and the paths that are sent whatever the rules say. */
export interface WalkRequest {
  readonly context: string;
  readonly rules: IgnoreMatcher;
  readonly always: readonly string[];
  readonly limits: ContextLimits;
  readonly signal?: AbortSignal;
}

/** Lists what belongs to a build context. Links are listed as links; nothing outside the folder is ever read. */
export async function walkContext(request: WalkRequest): Promise<ContextListing> {
  const walker = new Walker(request);
  await walker.folder('', undefined, []);
  return { entries: walker.entries, files: walker.meter.files, bytes: walker.meter.bytes, warnings: walker.warnings };
}

type Stats = Awaited<ReturnType<typeof lstat>>;

class Walker {
  readonly entries: ContextEntry[] = [];
  readonly warnings: string[] = [];
  readonly meter: ContextMeter;
  readonly #request: WalkRequest;

  constructor(request: WalkRequest) {
    this.#request = request;
    this.meter = new ContextMeter(request.context, request.limits);
  }

  /** `pending` are left-out folders above, which are sent after all as soon as something in them is. */
  async folder(path: string, match: FolderMatch | undefined, pending: ContextEntry[]): Promise<void> {
    this.#request.signal?.throwIfAborted();
    const names = await this.#names(path);
    const found = await Promise.all(
      names.map(async (name) => {
        const child = path === '' ? name : `${path}/${name}`;
        return { child, stats: await this.#stats(child) };
      }),
    );
    for (const { child, stats } of found) {
      if (stats !== undefined) await this.#one(child, stats, match, pending);
    }
  }

  async #one(path: string, stats: Stats, parent: FolderMatch | undefined, pending: ContextEntry[]): Promise<void> {
    const verdict = this.#request.rules.match(path, parent);
    const forced = this.#request.always.some((wanted) => wanted === path);
    const ignored = verdict.ignored && !forced;
    if (stats.isDirectory()) {
      await this.#directory(path, stats, { ...verdict, ignored }, pending);
    } else if (!ignored) {
      const entry = await this.#leaf(path, stats);
      if (entry !== undefined) this.#emit(entry, pending);
    }
  }

  async #directory(
    path: string,
    stats: Stats,
    verdict: { ignored: boolean; folder: FolderMatch },
    pending: ContextEntry[],
  ): Promise<void> {
    const entry: ContextEntry = { kind: 'folder', path, mode: mode(stats), mtimeMs: Number(stats.mtimeMs) };
    if (!verdict.ignored) {
      this.#emit(entry, pending);
      await this.folder(path, verdict.folder, []);
      return;
    }
    const holdsForced = this.#request.always.some((wanted) => wanted.startsWith(`${path}/`));
    if (!holdsForced && !this.#request.rules.mayReinclude(path)) return;
    const waiting = [...pending, entry];
    await this.folder(path, verdict.folder, waiting);
    // What was sent from inside took its folders along; those above must not be sent twice.
    if (waiting.length === 0) pending.length = 0;
  }

  #emit(entry: ContextEntry, pending: ContextEntry[]): void {
    for (const folder of pending) this.#count(folder);
    pending.length = 0;
    this.#count(entry);
  }

  #count(entry: ContextEntry): void {
    this.entries.push(entry);
    this.meter.add(entry.path, entry.kind === 'file' ? entry.size : undefined);
  }

  async #leaf(path: string, stats: Stats): Promise<ContextEntry | undefined> {
    const source = join(this.#request.context, path);
    const mtimeMs = Number(stats.mtimeMs);
    if (stats.isFile()) {
      return { kind: 'file', path, source, mode: mode(stats), size: Number(stats.size), mtimeMs };
    }
    if (stats.isSymbolicLink()) return { kind: 'link', path, mtimeMs, target: await readlink(source) };
    this.warnings.push(say`${path} is neither a file nor a folder nor a link; it was not sent to the build.`);
    return undefined;
  }

  async #names(path: string): Promise<string[]> {
    try {
      const names = await readdir(join(this.#request.context, path));
      return names.sort(byCodeUnits);
    } catch (error) {
      throw new QuaysideError(
        'BUILD_FAILED',
        say`The folder ${path === '' ? '.' : path} of the build cannot be read.`,
        {
          remedy: say`Give yourself read access to it, or name it in .dockerignore.`,
          details: { context: this.#request.context, folder: path },
          cause: error,
        },
      );
    }
  }

  async #stats(path: string): Promise<Stats | undefined> {
    try {
      return await lstat(join(this.#request.context, path));
    } catch {
      this.warnings.push(say`${path} vanished or has a name that is not UTF-8; it was not sent to the build.`);
      return undefined;
    }
  }
}

function byCodeUnits(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Windows knows no executable bit, so there everything may be run, as the reference client does it. */
function mode(stats: Stats): number {
  const bits = Number(stats.mode) & 0o7777;
  return process.platform === 'win32' ? (bits & 0o755) | 0o111 : bits;
}
