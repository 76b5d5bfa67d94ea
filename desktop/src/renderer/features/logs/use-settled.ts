import { useMemo, useSyncExternalStore } from 'react';
import type { LogsStore } from '#state/index.ts';

type LogsSlice = ReturnType<LogsStore['getState']>;

const slowMs = 250;
/** What is shown at once when it changes; lines, and how many there are, change with every frame. */
const atOnce = [
  'loading',
  'problem',
  'following',
  'paused',
  'atStart',
  'loadingEarlier',
  'anchored',
] as const satisfies readonly (keyof LogsSlice)[];

/** The state of the logs, at most four times a second where nothing but lines has come. */
class Settled {
  readonly #store: LogsStore;
  #shown: LogsSlice;
  #empty: boolean;

  constructor(store: LogsStore) {
    this.#store = store;
    this.#shown = store.getState();
    this.#empty = store.lines.length === 0;
  }

  readonly get = (): LogsSlice => this.#shown;

  readonly subscribe = (changed: () => void): (() => void) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      clearTimeout(timer);
      timer = undefined;
      this.#shown = this.#store.getState();
      this.#empty = this.#store.lines.length === 0;
      changed();
    };
    const forget = this.#store.subscribe((now) => {
      const news = atOnce.some((key) => now[key] !== this.#shown[key]);
      if (news || this.#empty !== (this.#store.lines.length === 0)) show();
      else timer ??= setTimeout(show, slowMs);
    });
    // What changed before anybody listened.
    this.#shown = this.#store.getState();
    return () => {
      forget();
      clearTimeout(timer);
    };
  };
}

/** The state of the logs for everything that need not keep up with the lines. */
export function useSettled(store: LogsStore): LogsSlice {
  const { subscribe, get } = useMemo(() => new Settled(store), [store]);
  return useSyncExternalStore(subscribe, get);
}
