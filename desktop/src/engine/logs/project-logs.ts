import { setTimeout as sleep } from 'node:timers/promises';
import type {
  LogCounts,
  LogCountsQuery,
  LogExportPage,
  LogExportQuery,
  LogFilter,
  LogNewErrors,
  LogPage,
} from '#contract/index.ts';
import type { DockerGateway } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { ErrorKinds } from './errors/error-kinds.ts';
import { createFollower, type Follower } from './follow/follower.ts';
import type { LogContainer } from './follow/log-container.ts';
import { createMerger, type Merger } from './follow/merger.ts';
import type { StreamNumber } from './parse/joiner.ts';
import { type EngineTime, formatTime, parseTime, timeOf } from './parse/timestamp.ts';
import { allLines } from './past/all-lines.ts';
import { LogExports } from './past/exports.ts';
import { type PastQuery, PastReader } from './past/past-reader.ts';
import { countLines } from './search/count-lines.ts';
import { createLogWorkers, type LogWorkers } from './search/log-workers.ts';
import { pageFrame, type ReadQuery, type ReadSource, readPage } from './search/read.ts';
import { createLogStore, type LogStore } from './store/store.ts';

const FIRST_TAIL = 1000;
/** Text of history per container beyond which fewer lines than that do: the engine is asked for more when they are looked at. */
const HISTORY_BYTES = 8 * 1024 * 1024;
/** Kinds of error that are listed. */
const MAX_KINDS = 100;
/** Who asks for the past waits this long for containers whose newest lines have not come yet. */
const HISTORY_MS = 5000;

type ExportQuery = Pick<LogExportQuery, 'filter' | 'id'>;

export interface ProjectLogsDeps {
  readonly gateway: DockerGateway;
  /** An attempt to read failed; it is repeated by itself. */
  readonly onError?: (error: unknown, container: LogContainer) => void;
  /** Lines of history per container, default 1000. */
  readonly tail?: number | 'all';
  /** Beyond so much text of history per container, fewer lines do; default 8 MiB. */
  readonly historyBytes?: number;
  /** History from here on: `seconds.nanoseconds`. */
  readonly since?: string | undefined;
  /** Budget of the store, default 256 MiB. */
  readonly maxBytes?: number;
}

/** The logs of one project: collects from the moment containers are named, whether anybody reads or not. */
export interface ProjectLogs {
  /** The containers there are now; call it on every change of the list, of a name or of `running`. */
  setContainers(containers: readonly LogContainer[]): void;
  /**
   * Answers a query of the contract; `show` makes the text of a line fit to be shown. Throws USAGE for a filter that is broken
   * or takes too long.
   */
  read(query: ReadQuery, signal: AbortSignal, show?: (text: string) => string): Promise<LogPage>;
  /** Every matching line page by page: what only the engine has, and what is held. Throws USAGE as `read` does, and for an export that has ended. */
  export(query: ExportQuery, signal: AbortSignal, show?: (text: string) => string): Promise<LogExportPage>;
  /** How many lines pass a filter, over time. Throws USAGE as `read` does. */
  counts(query: Omit<LogCountsQuery, 'environment'>, signal: AbortSignal): Promise<LogCounts>;
  /** Kinds of error that the containers there are have logged, and those that they replaced had not. */
  newErrors(show?: (text: string) => string): Promise<LogNewErrors>;
  /** Containers from which lines may still come. */
  readonly active: number;
  dispose(): void;
}

interface Tracked {
  container: LogContainer;
  readonly source: number;
  /** Whether there was another one in its place before. */
  readonly replaced: boolean;
  readonly follower: Follower;
  readonly tally: Tally;
}

/** How many lines of a container have come, the time of the first, and the newest among them. */
interface Tally {
  lines: number;
  first: EngineTime | undefined;
  /** The engine has older ones, as far as is known. */
  older: boolean;
  stream: StreamNumber;
  sec: number;
  nanos: number;
  /** Its history has been read. */
  readonly read: PromiseWithResolvers<undefined>;
}

/** While compose recreates a container the old one is called `<12 hex digits>_<name>`, and so is the new one for a moment. */
function lastingName(name: string): string {
  return name.replace(/^[0-9a-f]{12}_/, '');
}

function recreated(name: string, before: string | undefined, now: string | undefined): string {
  const change = before === undefined || now === undefined || before === now ? '' : say`: release ${before} -> ${now}`;
  return say`${name} was recreated${change}`;
}

const asItIs = (text: string): string => text;

/** Follows the containers of one project into a store of its own. */
export function createProjectLogs(deps: ProjectLogsDeps): ProjectLogs {
  return new Collector(deps);
}

class Collector implements ProjectLogs {
  private readonly deps: ProjectLogsDeps;
  private readonly store: LogStore;
  private readonly merger: Merger;
  private readonly workers: LogWorkers = createLogWorkers();
  private readonly past: PastReader;
  private readonly exports = new LogExports();
  private readonly errors: ErrorKinds;
  private readonly tracked = new Map<string, Tracked>();
  /** Followers of containers that are gone, which read what is left. */
  private readonly parting = new Set<Follower>();
  /** Slots that were taken before, with the version in them: a new id in one of them is a recreation. */
  private readonly known = new Map<string, string | undefined>();

  constructor(deps: ProjectLogsDeps) {
    this.deps = deps;
    this.past = new PastReader(deps.gateway);
    this.store = createLogStore({ maxBytes: deps.maxBytes, workers: this.workers });
    this.merger = createMerger(this.store);
    this.errors = new ErrorKinds(this.store);
  }

  get active(): number {
    return [...this.tracked.values()].filter(({ follower }) => follower.active).length;
  }

  setContainers(containers: readonly LogContainer[]): void {
    const present = new Set(containers.map(({ id }) => id));
    for (const [id, { follower }] of this.tracked) {
      if (present.has(id)) continue;
      this.tracked.delete(id);
      this.parting.add(follower);
      follower.leave();
    }
    for (const container of containers) {
      const entry = this.tracked.get(container.id);
      if (entry === undefined) this.add(container);
      else this.update(entry, container);
    }
    this.merger.setActive(this.activeSources());
  }

  async read(query: ReadQuery, signal: AbortSignal, show = asItIs): Promise<LogPage> {
    const { store, workers, merger } = this;
    if (query.backFrom !== undefined)
      return this.readPast({ before: query.backFrom, filter: query.filter, limit: query.limit }, signal, show);
    if (query.after === undefined) await this.merger.settled();
    const catchUp = () => this.deps.gateway.catchUpLogs();
    const page = await readPage({ store, workers, show, ahead: merger, catchUp }, query, signal);
    const earlier = this.wholeFrom(page.since);
    return earlier === undefined ? page : { ...page, earlier };
  }

  async counts(query: Omit<LogCountsQuery, 'environment'>, signal: AbortSignal): Promise<LogCounts> {
    await this.merger.settled();
    const { store, workers } = this;
    return countLines({ store, workers }, query, signal);
  }

  async newErrors(show = asItIs): Promise<LogNewErrors> {
    await this.merger.settled();
    const now = [...this.tracked.values()];
    const found = await this.errors.fresh(new Set(now.map(({ source }) => source)));
    const kinds = found.slice(0, MAX_KINDS).map((kind) => ({ ...kind, text: show(kind.text) }));
    const replacing = now.filter(({ replaced }) => replaced).map(({ container }) => container);
    const [since] = replacing.flatMap(({ created }) => created ?? []).sort();
    const releases = new Set(replacing.map(({ version }) => version));
    const [release] = releases;
    return {
      ...(since === undefined ? {} : { since }),
      ...(release === undefined || releases.size > 1 ? {} : { release }),
      kinds,
      total: found.length,
      full: this.errors.full,
    };
  }

  dispose(): void {
    for (const follower of this.parting) follower.dispose();
    for (const { follower } of this.tracked.values()) follower.dispose();
    this.exports.dispose();
    this.parting.clear();
    this.tracked.clear();
    this.merger.dispose();
    this.workers.dispose();
  }

  private *activeSources(): Generator<number> {
    for (const { source, follower } of this.tracked.values()) if (follower.active) yield source;
  }

  export({ filter, id }: ExportQuery, signal: AbortSignal, show = asItIs): Promise<LogExportPage> {
    if (id !== undefined) return this.exports.next(id, signal);
    const { store, workers } = this;
    return this.exports.begin((life) => this.allLines({ store, workers, show }, filter, life), signal);
  }

  private async *allLines(held: ReadSource, filter: LogFilter, signal: AbortSignal): ReturnType<typeof allLines> {
    await this.merger.settled();
    const containers = await this.written(signal);
    yield* allLines({ gateway: this.deps.gateway, held, containers, filter, signal });
  }

  private async readPast(query: PastQuery, signal: AbortSignal, show: (text: string) => string): Promise<LogPage> {
    const { lines, earlier } = await this.past.read(await this.written(signal), query, show, signal);
    const { held, since, counts } = pageFrame(this.store);
    const more = earlier !== undefined;
    return { lines, cursor: this.store.lastSeq, dropped: 0, held, since, counts, more, earlier };
  }

  /** The containers there are of which lines have come. */
  private async written(signal: AbortSignal) {
    const readable = Promise.all([...this.tracked.values()].map(({ tally }) => tally.read.promise));
    await Promise.race([readable, sleep(HISTORY_MS, undefined, { ref: false, signal }).catch(() => undefined)]);
    const containers = [...this.tracked.values()].map(({ container, source, tally }) => ({
      container,
      source,
      name: this.store.source(source).name,
      received: tally.lines,
      newest: { stream: tally.stream, sec: tally.sec, nanos: tally.nanos },
    }));
    return containers.filter(({ received }) => received > 0);
  }

  /**
   * From when on the lines held are whole: where each container began with its last lines, the latest of those begins
   * counts, and what has left since. Undefined where the engine has nothing older.
   */
  private wholeFrom(since: string | undefined): string | undefined {
    if (since === undefined) return undefined;
    const begins = [...this.tracked.values()]
      .filter(({ tally }) => tally.older && tally.first !== undefined)
      .map(({ tally }) => formatTime(tally.first ?? tally));
    const { leftUntil } = this.store;
    if (leftUntil !== undefined) begins.push(formatTime(leftUntil));
    if (begins.length === 0) return undefined;
    return [since, ...begins].reduce((latest, time) => (time > latest ? time : latest));
  }

  private add(container: LogContainer): void {
    const name = lastingName(container.name);
    const source = this.store.addSource({ service: container.service, name });
    const slot = `${container.service}/${name}`;
    const replaced = this.known.has(slot);
    if (replaced) {
      const created = container.created === undefined ? undefined : parseTime(container.created);
      this.merger.marker(
        source,
        recreated(name, this.known.get(slot), container.version),
        created ?? timeOf(Date.now()),
      );
    }
    this.known.set(slot, container.version);
    this.merger.expect(source);
    const older = this.deps.tail !== 'all';
    const read = Promise.withResolvers<undefined>();
    const tally: Tally = { lines: 0, first: undefined, older, stream: 1, sec: 0, nanos: 0, read };
    const follower = this.follow(container, source, tally);
    this.tracked.set(container.id, { container, source, replaced, tally, follower });
  }

  private follow(container: LogContainer, source: number, tally: Tally): Follower {
    const { deps, merger } = this;
    return createFollower(container, {
      gateway: deps.gateway,
      tail: deps.tail ?? FIRST_TAIL,
      mostBytes: deps.historyBytes ?? HISTORY_BYTES,
      since: deps.since,
      line: (line) => {
        tally.lines += 1;
        tally.first ??= { sec: line.sec, nanos: line.nanos };
        if (line.sec > tally.sec || (line.sec === tally.sec && line.nanos > tally.nanos)) {
          tally.stream = line.stream;
          tally.sec = line.sec;
          tally.nanos = line.nanos;
        }
        merger.line(source, line);
      },
      batch: () => {
        merger.batch();
      },
      marker: (text, time) => {
        merger.marker(source, text, time);
      },
      whole: () => {
        tally.older = false;
      },
      caughtUp: () => {
        tally.read.resolve(undefined);
        merger.caughtUp(source);
      },
      onError: deps.onError ?? (() => undefined),
      onActivity: () => {
        for (const gone of this.parting) if (!gone.active) this.parting.delete(gone);
        merger.setActive(this.activeSources());
      },
    });
  }

  private update(entry: Tracked, container: LogContainer): void {
    if (entry.container.name !== container.name) this.store.renameSource(entry.source, lastingName(container.name));
    entry.container = container;
    entry.follower.update(container);
  }
}
