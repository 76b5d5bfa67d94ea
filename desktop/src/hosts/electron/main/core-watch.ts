import { setTimeout as pause } from 'node:timers/promises';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { CoreClient, StackState, Verb } from '#contract/index.ts';
import type { Language } from '#kit/language.ts';
import type { Phrases } from '#kit/phrasebook.ts';

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
  /** What the system speaks, for whoever has chosen nothing else. */
  readonly system: Language;
  /** What is to be spoken, and what the core says in that. */
  readonly onLanguage: (language: Language, sentences: Phrases) => void;
}

export interface CoreWatch {
  /** Starts an operation on the whole stack that is watched. Rejects with what the core says against it. */
  start(verb: Extract<Verb, 'up' | 'start' | 'stop'>): Promise<void>;
  dispose(): void;
}

const retryMs = 2_000;

/** Watches the stack for as long as the app runs; a lost engine process is watched again when there is another. */
export function watchCore({ open, onState, system, onLanguage }: CoreWatchOptions): CoreWatch {
  const life = new AbortController();
  const isOver = (): boolean => life.signal.aborted;
  let now: { readonly client: CoreClient; readonly environment: string } | undefined;

  const followStack = async (client: CoreClient): Promise<void> => {
    const { environments, defaultEnvironment } = await client.project.get();
    const environment = defaultEnvironment ?? environments[0]?.id;
    if (environment === undefined) return;
    const states = await client.stack.watch({ environment });
    now = { client, environment };
    for await (const state of states) onState(state);
  };

  const followLanguage = async (client: CoreClient): Promise<void> => {
    let spoken: Language | undefined;
    for await (const { settings } of await client.settings.watch()) {
      const language = settings.language === 'system' ? system : settings.language;
      if (language === spoken) continue;
      onLanguage(language, language === 'en' ? {} : await client.system.sentences({ language }));
      spoken = language;
    }
  };

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
      await Promise.race([followStack(client), followLanguage(client), over.promise]);
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
