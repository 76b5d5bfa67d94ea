import { QuaysideError } from '#contract/index.ts';
import type { ContainerDetail, ContainerSummary, DockerGateway, EngineEvent, FeedItem } from '#engine/docker/index.ts';
import type { WatchedContainer } from '../judge.ts';
import { createRunHistory } from '../runs.ts';
import { forEachLimited } from './limited.ts';

/** The containers of one project as last seen. */
export interface StackSnapshot {
  readonly project: string;
  /** ISO time at which they were read. */
  readonly at: string;
  /** True while the engine does not answer: nobody knows whether it is still so. */
  readonly stale: boolean;
  /** By name. */
  readonly containers: readonly WatchedContainer[];
}

/** The live view of one project. It reads what events say has changed, and nothing else. */
export interface StackWatch {
  /** Undefined before the first reading. */
  readonly snapshot: StackSnapshot | undefined;
  onChange(listener: (snapshot: StackSnapshot) => void): () => void;
  /** Resolves when there is a first snapshot, or when it is known that the engine does not answer. */
  settled(): Promise<void>;
  /** Reads the list again, waits for it; for a moment when something is known to have changed. */
  refresh(): Promise<void>;
  /** Hand over every item of the engine's feed. Never blocks. */
  take(item: FeedItem): void;
  dispose(): void;
}

export interface StackWatchDeps {
  readonly gateway: DockerGateway;
  readonly project: string;
  /** A reading failed; it is repeated by itself. */
  readonly onError?: (error: unknown) => void;
  /** Monotonic milliseconds, for tests. */
  readonly now?: () => number;
}

const PROJECT_LABEL = 'com.docker.compose.project';
/** Events come in bursts; this long they are gathered. */
const COALESCE_MS = 60;
const RETRY_MS = 1000;
/** The engine tells only of the change to healthy, not of single probes: these are looked up while something starts. */
const STARTING_MS = 1000;
const PARALLEL = 8;

export function createStackWatch(deps: StackWatchDeps): StackWatch {
  return new ProjectWatch(deps);
}

class ProjectWatch implements StackWatch {
  snapshot: StackSnapshot | undefined;
  private readonly deps: StackWatchDeps;
  private readonly details = new Map<string, ContainerDetail>();
  private readonly history;
  private readonly listeners = new Set<(snapshot: StackSnapshot) => void>();
  private readonly dirty = new Set<string>();
  /** Ids of this project's containers, also of those not read yet. */
  private readonly ours = new Set<string>();
  /** To be looked at once more a little later. */
  private readonly recheck = new Set<string>();
  private list: 'none' | 'light' | 'full' = 'none';
  private stale = false;
  private timer: NodeJS.Timeout | undefined;
  private starting: NodeJS.Timeout | undefined;
  private working: Promise<void> | undefined;
  private disposed = false;
  private readonly known = Promise.withResolvers<undefined>();

  constructor(deps: StackWatchDeps) {
    this.deps = deps;
    this.history = createRunHistory(deps.now);
  }

  onChange(listener: (snapshot: StackSnapshot) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async settled(): Promise<void> {
    await this.known.promise;
  }

  async refresh(): Promise<void> {
    // A reading that is under way may have missed what the caller knows of: wait for one that begins now.
    await this.working;
    this.list = 'full';
    await this.work();
  }

  take(item: FeedItem): void {
    if (this.disposed) return;
    switch (item.kind) {
      case 'lost':
        this.stale = true;
        this.known.resolve(undefined);
        this.publish();
        return;
      case 'resync':
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
    this.listeners.clear();
    this.known.resolve(undefined);
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
      if (list !== 'none') this.stale = false;
      this.publish();
    }
  }

  private failed(error: unknown): void {
    if (this.disposed) return;
    this.deps.onError?.(error);
    this.list = 'full';
    // While the engine is away the feed says when it is back.
    if (!this.stale) this.schedule(RETRY_MS);
  }

  private async readList(mode: 'light' | 'full'): Promise<void> {
    const { gateway, project } = this.deps;
    const summaries = await gateway.containers.list({ label: [`${PROJECT_LABEL}=${project}`] });
    const present = new Set(summaries.map(({ id }) => id));
    for (const id of this.details.keys()) if (!present.has(id)) this.remove(id);
    for (const summary of summaries) {
      if (mode === 'full' || this.differs(summary)) this.dirty.add(summary.id);
    }
  }

  /** Whether the list gives a reason to look closer. */
  private differs(summary: ContainerSummary): boolean {
    const detail = this.details.get(summary.id);
    if (detail === undefined) return true;
    const restless =
      detail.restarting || detail.state === 'created' || detail.health === 'starting' || detail.health === 'unhealthy';
    const sameHealth = summary.health === undefined || summary.health === detail.health;
    return restless || !sameHealth || summary.state !== detail.state || summary.name !== detail.name;
  }

  private async inspect(id: string): Promise<void> {
    try {
      this.ours.add(id);
      const detail = await this.deps.gateway.containers.inspect(id);
      this.details.set(id, detail);
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
    this.history.forget(id);
  }

  private publish(): void {
    if (this.disposed || (this.stale && this.snapshot === undefined)) return;
    const containers = [...this.details.values()]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((detail) => ({ detail, run: this.history.facts(detail) }));
    const at = this.stale && this.snapshot !== undefined ? this.snapshot.at : new Date().toISOString();
    this.snapshot = { project: this.deps.project, at, stale: this.stale, containers };
    this.known.resolve(undefined);
    for (const listener of this.listeners) listener(this.snapshot);
    this.lookAgainWhileStarting();
  }

  private lookAgainWhileStarting(): void {
    clearTimeout(this.starting);
    const starting = [...this.details.values()].filter(({ running, health }) => running && health === 'starting');
    const ids = new Set([...starting.map(({ id }) => id), ...this.recheck]);
    if (this.stale || ids.size === 0) return;
    this.starting = setTimeout(() => {
      this.recheck.clear();
      for (const id of ids) this.dirty.add(id);
      void this.work();
    }, STARTING_MS);
  }
}
