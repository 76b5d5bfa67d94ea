import { Demultiplexer } from '#engine/docker/logs/demux.ts';
import { createCursor } from '#engine/logs/follow/cursor.ts';
import { createMerger } from '#engine/logs/follow/merger.ts';
import { createJoiner } from '#engine/logs/parse/joiner.ts';
import { createLogWorkers, type LogWorkers } from '#engine/logs/search/log-workers.ts';
import { createLogStore, type LogStore } from '#engine/logs/store/store.ts';

/** The core of the log path, from engine frames to the store, without an engine. */
export interface Core {
  readonly store: LogStore;
  readonly workers: LogWorkers;
  take(chunk: Uint8Array): void;
  dispose(): void;
}

export function createCore(maxBytes: number): Core {
  const workers = createLogWorkers();
  const store = createLogStore({ maxBytes, workers });
  const source = store.addSource({ service: 'backend', name: 'shop-backend-1' });
  const merger = createMerger(store);
  merger.setActive([source]);
  const cursor = createCursor();
  const joiner = createJoiner(false, (line) => {
    if (cursor.judge(line) === 'new') merger.line(source, line);
  });
  const demultiplexer = new Demultiplexer();
  return {
    store,
    workers,
    take(chunk) {
      demultiplexer.push(chunk, (stream, bytes, start, end) => {
        joiner.push(stream, bytes, start, end);
      });
    },
    dispose() {
      merger.dispose();
      workers.dispose();
    },
  };
}

/** CPU time of this thread in milliseconds. */
export function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
