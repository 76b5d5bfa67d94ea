import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Connection, ConnectionState, Door } from '#client/index.ts';

export interface ConnectionSlice extends ConnectionState {
  retryNow: () => void;
  door: Door | undefined;
}

/** Mirrors the connection, so that views can follow it. */
export function createConnectionStore(connection: Connection): StoreApi<ConnectionSlice> {
  const store = createStore<ConnectionSlice>(() => ({
    ...connection.state(),
    door: connection.door,
    retryNow: () => {
      connection.retryNow();
    },
  }));
  connection.subscribe((state) => {
    store.setState(state);
  });
  return store;
}
