/** The engine process as the supervisor sees it. */
export interface EngineChild<Port> {
  /** Hands a page's port over. */
  connect(port: Port): void;
  /** Asks it to close its streams and end. */
  stop(): void;
  kill(): void;
  onExit(listener: () => void): void;
}

/** Keeps one engine process alive. Pages survive its crash: their ports close, they connect again, and are served. */
export interface EngineSupervisor<Port> {
  /** Gives the port to the engine process, as soon as there is one. */
  connect(port: Port): void;
  /** Ends the process, by force after three seconds, and starts no other. */
  stop(): Promise<void>;
}

export interface SupervisorOptions<Port> {
  spawn(): EngineChild<Port>;
  /** Closes a port that nobody will serve. */
  discard(port: Port): void;
  /** Milliseconds that never go back. */
  now(): number;
}

const firstPauseMs = 250;
const longestPauseMs = 10_000;
const steadyMs = 30_000;
const stopMs = 3_000;
const maxWaiting = 16;

/** Pause in milliseconds before a restart, after `crashes` in a row; counts from 1. */
export function restartPause(crashes: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (crashes - 1));
}

/** Starts the engine process at once. */
export function superviseEngine<Port>(options: SupervisorOptions<Port>): EngineSupervisor<Port> {
  const waiting: Port[] = [];
  let child: EngineChild<Port> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let crashes = 0;
  let stopped: PromiseWithResolvers<undefined> | undefined;

  const start = (): void => {
    const startedAt = options.now();
    const started = options.spawn();
    child = started;
    started.onExit(() => {
      child = undefined;
      if (stopped) {
        stopped.resolve(undefined);
        return;
      }
      crashes = options.now() - startedAt >= steadyMs ? 1 : crashes + 1;
      timer = setTimeout(start, restartPause(crashes));
    });
    for (const port of waiting.splice(0)) started.connect(port);
  };

  start();
  return {
    connect(port) {
      if (child) child.connect(port);
      else if (!stopped && waiting.length < maxWaiting) waiting.push(port);
      else options.discard(port);
    },
    stop() {
      if (stopped) return stopped.promise;
      stopped = Promise.withResolvers<undefined>();
      clearTimeout(timer);
      for (const port of waiting.splice(0)) options.discard(port);
      const ending = child;
      if (!ending) {
        stopped.resolve(undefined);
        return stopped.promise;
      }
      ending.stop();
      const force = setTimeout(() => {
        ending.kill();
      }, stopMs);
      return stopped.promise.finally(() => {
        clearTimeout(force);
      });
    },
  };
}
