import { setTimeout as sleep } from 'node:timers/promises';
import { type EngineState, QuaysideError, toProblem } from '#contract/index.ts';
import type { DockerGateway, FeedItem } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import type { StackWatch } from './stack-snapshot.ts';
import { createStackWatch } from './stack-watch.ts';

/** One feed per engine, shared by every project that is looked at. */
export interface EngineWatch {
  readonly state: EngineState;
  onState(listener: (state: EngineState) => void): () => void;
  /** Every item of the feed, for others who follow the engine. Listeners must not block. */
  onItem(listener: (item: FeedItem) => void): () => void;
  /** The watch of a compose project: one and the same for the same name, alive until `dispose`. */
  project(name: string): StackWatch;
  dispose(): Promise<void>;
}

export interface EngineWatchDeps {
  readonly gateway: DockerGateway;
  /** Something failed that is repeated by itself. */
  readonly onError?: (error: unknown) => void;
}

const AGAIN_MS = 1000;

/** Opens the feed at once and keeps it open until disposed. */
export function createEngineWatch(deps: EngineWatchDeps): EngineWatch {
  return new FeedHub(deps);
}

class FeedHub implements EngineWatch {
  state: EngineState;
  private readonly deps: EngineWatchDeps;
  private readonly abort = new AbortController();
  private readonly projects = new Map<string, StackWatch>();
  private readonly stateListeners = new Set<(state: EngineState) => void>();
  private readonly itemListeners = new Set<(item: FeedItem) => void>();
  private readonly running: Promise<void>;
  /** The feed is open: a project that is asked for now can be read at once. */
  private open = false;

  constructor(deps: EngineWatchDeps) {
    this.deps = deps;
    const { url, source } = deps.gateway.endpoint;
    this.state = { state: 'connecting', since: new Date().toISOString(), endpoint: url, source };
    this.running = this.run();
  }

  onState(listener: (state: EngineState) => void): () => void {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  }

  onItem(listener: (item: FeedItem) => void): () => void {
    this.itemListeners.add(listener);
    return () => this.itemListeners.delete(listener);
  }

  project(name: string): StackWatch {
    const known = this.projects.get(name);
    if (known !== undefined) return known;
    const { gateway, onError } = this.deps;
    const watch = createStackWatch({ gateway, project: name, ...(onError === undefined ? {} : { onError }) });
    this.projects.set(name, watch);
    if (this.open) watch.take({ kind: 'resync', cause: 'connected' });
    else if (this.state.state !== 'connecting') watch.take({ kind: 'lost', error: notThere() });
    return watch;
  }

  async dispose(): Promise<void> {
    this.abort.abort();
    for (const watch of this.projects.values()) watch.dispose();
    this.stateListeners.clear();
    this.itemListeners.clear();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.abort;
    while (!signal.aborted) {
      try {
        for await (const item of this.deps.gateway.events(signal)) this.take(item);
      } catch (error) {
        this.take({ kind: 'lost', error: error instanceof Error ? error : new Error(String(error)) });
      }
      // The feed goes on by itself; an end before it was told to is a defect that must not become a busy loop.
      await sleep(AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private take(item: FeedItem): void {
    if (this.abort.signal.aborted) return;
    if (item.kind === 'lost') {
      this.open = false;
      this.lose(item.error);
    } else if (item.kind === 'resync') {
      this.open = true;
      if (this.state.state !== 'connected') void this.greet();
    }
    for (const watch of this.projects.values()) watch.take(item);
    for (const listener of this.itemListeners) listener(item);
  }

  /** The feed is open: asks which engine it is. */
  private async greet(): Promise<void> {
    try {
      const { version, apiVersion } = await this.deps.gateway.info();
      if (this.open) this.change({ state: 'connected', version, apiVersion });
    } catch (error) {
      this.deps.onError?.(error);
      if (this.open) this.lose(error);
    }
  }

  private lose(error: unknown): void {
    const before = this.state;
    const wasThere = before.state === 'connected' || before.state === 'lost';
    const { version, apiVersion } = before;
    const problem = toProblem(error);
    // Told again for another reason: the time since when it is so stays.
    const same = before.state === (wasThere ? 'lost' : 'failed');
    this.change({
      state: wasThere ? 'lost' : 'failed',
      problem,
      ...(version === undefined ? {} : { version }),
      ...(apiVersion === undefined ? {} : { apiVersion }),
      ...(same ? { since: before.since } : {}),
    });
  }

  private change(next: Omit<EngineState, 'since' | 'endpoint' | 'source'> & { since?: string }): void {
    if (this.abort.signal.aborted) return;
    const { endpoint, source } = this.state;
    this.state = { since: new Date().toISOString(), endpoint, source, ...next };
    for (const listener of this.stateListeners) listener(this.state);
  }
}

function notThere(): QuaysideError {
  return new QuaysideError('ENGINE_DOWN', say`The Docker Engine does not answer.`);
}
