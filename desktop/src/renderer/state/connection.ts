import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Connection, ConnectionState } from '#client/index.ts';

export interface ConnectionSlice extends ConnectionState {
  retryNow: () => void;
}

/** Mirrors the connection, so that views can follow it. */
export function createConnectionStore(connection: Connection): StoreApi<ConnectionSlice> {
  const store = createStore<ConnectionSlice>(() => ({
    ...connection.state(),
    retryNow: () => {
      connection.retryNow();
    },
  }));
  connection.subscribe((state) => {
    store.setState(state);
  });
  return store;
}
