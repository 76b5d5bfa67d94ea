import { QuaysideError } from '#contract/index.ts';
import type { ContainerDetail, ContainerSummary, DockerGateway, EngineEvent, FeedItem } from '#engine/docker/index.ts';
import type { SeenContainer } from '../judge.ts';
import { createRunHistory } from '../runs.ts';
import { type ListMode, wantsReading } from './closer-look.ts';
import { forEachLimited } from './limited.ts';
import type { StackPreview, StackSnapshot, StackWatch } from './stack-snapshot.ts';

export interface StackWatchDeps {
  readonly gateway: DockerGateway;
  readonly project: string;
  /** A reading failed; it is repeated by itself. */
  readonly onError?: (error: unknown) => void;
  /** Monotonic milliseconds, for tests. */
  readonly now?: () => number;
}

/** Whose project a container is. */
export const PROJECT_LABEL = 'com.docker.compose.project';
/** Events come in bursts; this long they are gathered. */
const COALESCE_MS = 60;
const RETRY_MS = 1000;
/** The engine tells only of the change to healthy, not of single probes: these are looked up while something starts. */
const STARTING_MS = 1000;
const PARALLEL = 8;
/** So many are read before anything is told of them; where there are more, the rest is read in the background. */
const FEW = 16;
/** At most so many of the background's questions stand before one that an event asks. */
const BACKGROUND = 3;
/** What the background brings is told in batches. */
const BATCH_MS = 500;

export function createStackWatch(deps: StackWatchDeps): StackWatch {
  return new ProjectWatch(deps);
}

class ProjectWatch implements StackWatch {
  snapshot: StackSnapshot | undefined;
  preview: StackPreview | undefined;
  private readonly deps: StackWatchDeps;
  /** The one that was read longest ago comes first. */
  private readonly details = new Map<string, ContainerDetail>();
  /** What the list said of those that are not read yet. */
  private listed = new Map<string, ContainerSummary>();
  private readonly history;
  private readonly listeners = new Set<(snapshot: StackSnapshot) => void>();
  private readonly previewListeners = new Set<() => void>();
  /** To be read next. */
  private readonly dirty = new Set<string>();
  /** To be read when nothing else is to be. */
  private readonly backlog = new Set<string>();
  /** Which reading of a container is its last: an earlier one may answer later. */
  private readonly readings = new Map<string, number>();
  private reading = 0;
  /** Ids of this project's containers, also of those not read yet. */
  private readonly ours = new Set<string>();
  /** To be looked at once more a little later. */
  private readonly recheck = new Set<string>();
  private list: 'none' | ListMode = 'none';
  private stale = false;
  /** The list was read since the engine last did not answer. */
  private current = false;
  private timer: NodeJS.Timeout | undefined;
  private starting: NodeJS.Timeout | undefined;
  private working: Promise<void> | undefined;
  private filling: Promise<void> | undefined;
  private toldAt = 0;
  private disposed = false;
  private known = Promise.withResolvers<undefined>();
  private seen = Promise.withResolvers<undefined>();

  constructor(deps: StackWatchDeps) {
    this.deps = deps;
    this.history = createRunHistory(deps.now);
  }

  onChange(listener: (snapshot: StackSnapshot) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  onPreview(listener: () => void): () => void {
    this.previewListeners.add(listener);
    return () => this.previewListeners.delete(listener);
  }

  async settled(): Promise<void> {
    await this.known.promise;
  }

  async begun(): Promise<void> {
    await this.seen.promise;
  }

  async refresh(): Promise<void> {
    // A reading that is under way may have missed what the caller knows of: wait for one that begins now.
    await this.working;
    if (this.list !== 'full') this.list = 'probes';
    await this.work();
    await this.filling;
  }

  take(item: FeedItem): void {
    if (this.disposed) return;
    switch (item.kind) {
      case 'lost':
        this.stale = true;
        clearTimeout(this.starting);
        this.distrust();
        this.publish();
        this.resolve();
        return;
      case 'resync':
        if (this.stale && this.snapshot === undefined) this.awaitAgain();
        if (item.cause !== 'timer' || this.stale || this.snapshot === undefined) this.list = 'full';
        else if (this.list === 'none') this.list = 'light';
        this.schedule(0);
        return;
      case 'event':
        this.takeEvent(item.event);
    }
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
    clearTimeout(this.starting);
    this.backlog.clear();
    this.listeners.clear();
    this.previewListeners.clear();
    this.resolve();
  }

  private resolve(): void {
    this.known.resolve(undefined);
    this.seen.resolve(undefined);
  }

  /** It was known that nothing is known; now something may be. */
  private awaitAgain(): void {
    this.resolve();
    this.details.clear();
    this.known = Promise.withResolvers<undefined>();
    this.seen = Promise.withResolvers<undefined>();
  }

  /** What there is has to be read again from the list on. */
  private distrust(): void {
    this.current = false;
    this.backlog.clear();
  }

  private takeEvent(event: EngineEvent): void {
    const { type, action, attributes } = event;
    const attached = attributes['container'];
    if (type === 'container' && attributes[PROJECT_LABEL] === this.deps.project) {
      this.history.event(event);
      this.ours.add(event.id);
      this.dirty.add(event.id);
    } else if (type === 'network' && attached !== undefined && this.ours.has(attached)) {
      // All that a start which failed is told by; its error is written a moment later.
      if (action === 'disconnect') this.recheck.add(attached);
      this.dirty.add(attached);
    } else return;
    this.schedule(COALESCE_MS);
  }

  private schedule(ms: number): void {
    if (this.timer !== undefined && ms > 0) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.work();
    }, ms);
  }

  /** One reading at a time; what comes up meanwhile is read right behind it. */
  private work(): Promise<void> {
    this.working ??= this.readAll().finally(() => {
      this.working = undefined;
    });
    return this.working;
  }

  private async readAll(): Promise<void> {
    while (!this.disposed && (this.list !== 'none' || this.dirty.size > 0)) {
      const { list } = this;
      this.list = 'none';
      try {
        if (list !== 'none') await this.readList(list);
        const ids = [...this.dirty];
        this.dirty.clear();
        await forEachLimited(ids, PARALLEL, (id) => this.inspect(id));
      } catch (error) {
        this.failed(error);
        return;
      }
      this.publish();
      this.lookAgainWhileStarting();
    }
    if (this.backlog.size > 0) this.filling ??= this.fill();
  }

  /** Reads the backlog; what events tell of comes first. */
  private async fill(): Promise<void> {
    const read = async (id: string): Promise<void> => {
      await this.working;
      if (this.backlog.has(id)) await this.inspect(id);
      if (performance.now() - this.toldAt >= BATCH_MS) this.publish();
    };
    try {
      while (this.backlog.size > 0) await forEachLimited([...this.backlog], BACKGROUND, read);
      this.publish();
      this.lookAgainWhileStarting();
    } catch (error) {
      this.failed(error);
    } finally {
      this.filling = undefined;
    }
  }

  private failed(error: unknown): void {
    if (this.disposed) return;
    this.deps.onError?.(error);
    this.distrust();
    this.list = 'full';
    // While the engine is away the feed says when it is back.
    if (!this.stale) this.schedule(RETRY_MS);
  }

  private async readList(mode: ListMode): Promise<void> {
    const { gateway, project } = this.deps;
    const summaries = await gateway.containers.list({ label: [`${PROJECT_LABEL}=${project}`] });
    const present = new Set(summaries.map(({ id }) => id));
    for (const id of [...this.details.keys(), ...this.backlog]) if (!present.has(id)) this.remove(id);
    for (const id of present) this.ours.add(id);
    const closer = summaries.filter((summary) => wantsReading(summary, this.details.get(summary.id), mode));
    const queue = closer.length <= FEW ? this.dirty : this.backlog;
    for (const { id } of closer) queue.add(id);
    const unread = summaries.filter(({ id }) => !this.details.has(id));
    this.listed = new Map(unread.map((summary) => [summary.id, summary]));
    this.current = true;
  }

  private async inspect(id: string): Promise<void> {
    this.reading += 1;
    const { reading } = this;
    this.readings.set(id, reading);
    try {
      this.ours.add(id);
      const detail = await this.deps.gateway.containers.inspect(id);
      if (this.readings.get(id) !== reading) return;
      this.details.delete(id);
      this.details.set(id, detail);
      this.listed.delete(id);
      this.backlog.delete(id);
      this.history.observe(detail);
    } catch (error) {
      if (!(error instanceof QuaysideError && error.code === 'ENGINE_NOT_FOUND')) throw error;
      // It went between the event and the question.
      this.remove(id);
    }
  }

  private remove(id: string): void {
    this.ours.delete(id);
    this.details.delete(id);
    this.listed.delete(id);
    this.backlog.delete(id);
    this.readings.delete(id);
    this.history.forget(id);
  }

  private publish(): void {
    const before = this.snapshot ?? this.preview;
    if (this.disposed || (this.stale && before === undefined)) return;
    const whole = this.current && this.backlog.size === 0;
    if (whole) this.stale = false;
    this.toldAt = performance.now();
    const { stale } = this;
    const at = stale && before !== undefined ? before.at : new Date().toISOString();
    const seen = { project: this.deps.project, at, stale };
    const read = [...this.details.values()].map((detail) => ({ detail, run: this.history.facts(detail) }));
    if (whole || this.snapshot !== undefined) {
      this.snapshot = { ...seen, containers: byName(read) };
      this.preview = undefined;
      this.resolve();
      for (const listener of this.listeners) listener(this.snapshot);
    } else {
      const listed = [...this.listed.values()].map((detail) => ({ detail }));
      this.preview = { ...seen, containers: byName<SeenContainer>([...read, ...listed]) };
      this.seen.resolve(undefined);
      for (const listener of this.previewListeners) listener();
    }
  }

  private lookAgainWhileStarting(): void {
    clearTimeout(this.starting);
    const starting = [...this.details.values()].filter(({ running, health }) => running && health === 'starting');
    const ids = new Set([...starting.slice(0, FEW).map(({ id }) => id), ...this.recheck]);
    if (this.disposed || this.stale || ids.size === 0) return;
    this.starting = setTimeout(() => {
      this.recheck.clear();
      for (const id of ids) this.dirty.add(id);
      void this.work();
    }, STARTING_MS);
  }
}

function byName<T extends SeenContainer>(containers: readonly T[]): T[] {
  return containers.toSorted((a, b) => (a.detail.name < b.detail.name ? -1 : 1));
}
