import { setTimeout as pause } from 'node:timers/promises';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { CoreClient, StackState, Verb } from '#contract/index.ts';

/** The end of a channel that this process keeps. */
export interface CorePort {
  on(event: 'message', listener: (event?: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

export interface CoreWatchOptions {
  /** Makes a channel, gives one end to the engine process, and answers the other. */
  readonly open: () => CorePort;
  /** The stack of the project's default environment; undefined while it is not known. */
  readonly onState: (state: StackState | undefined) => void;
}

export interface CoreWatch {
  /** Starts an operation on the whole stack that is watched. Rejects with what the core says against it. */
  start(verb: Extract<Verb, 'up' | 'start' | 'stop'>): Promise<void>;
  dispose(): void;
}

const retryMs = 2_000;

/** Watches the stack for as long as the app runs; a lost engine process is watched again when there is another. */
export function watchCore({ open, onState }: CoreWatchOptions): CoreWatch {
  const life = new AbortController();
  const isOver = (): boolean => life.signal.aborted;
  let now: { readonly client: CoreClient; readonly environment: string } | undefined;

  const follow = async (port: CorePort): Promise<void> => {
    const over = Promise.withResolvers<never>();
    const end = (): void => {
      over.reject(new Error('The engine process is gone.'));
    };
    over.promise.catch(() => undefined);
    port.on('close', end);
    life.signal.addEventListener('abort', end);
    try {
      const client: CoreClient = createORPCClient(new RPCLink({ port: asLinkPort(port) }));
      port.start();
      const { environments, defaultEnvironment } = await Promise.race([client.project.get(), over.promise]);
      const environment = defaultEnvironment ?? environments[0]?.id;
      if (environment === undefined) return;
      const states = await Promise.race([client.stack.watch({ environment }), over.promise]);
      now = { client, environment };
      for (;;) {
        const { done, value } = await Promise.race([states.next(), over.promise]);
        if (done) return;
        onState(value);
      }
    } finally {
      now = undefined;
      life.signal.removeEventListener('abort', end);
      port.close();
    }
  };

  const run = async (): Promise<void> => {
    for (;;) {
      // What went wrong is said by the panel itself, which asks the same core the same things.
      await follow(open()).catch(() => undefined);
      if (isOver()) return;
      onState(undefined);
      await pause(retryMs, undefined, { signal: life.signal }).catch(() => undefined);
    }
  };

  void run();
  return {
    async start(verb) {
      if (now === undefined) throw new Error('The core is not there.');
      await now.client.operation.start({ environment: now.environment, action: { verb, services: [] } });
    },
    dispose() {
      life.abort();
    },
  };
}

/** The link takes a port of Electron by its shape alone. */
function asLinkPort(port: CorePort) {
  return {
    on(event: string, listener: (event?: { data: unknown }) => void): void {
      if (event === 'message') port.on('message', listener);
      else
        port.on('close', () => {
          listener();
        });
    },
    postMessage(message: unknown): void {
      port.postMessage(message);
    },
  };
}
