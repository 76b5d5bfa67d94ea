import type { Connection } from '#client/index.ts';
import { createConnectionStore } from './connection.ts';
import { createEngineStore } from './engine.ts';
import type { NextFrame } from './log-pull.ts';
import { createLogsStore } from './logs.ts';
import { createOperationStore } from './operation.ts';
import { createProjectStore } from './project.ts';
import { createStackStore } from './stack.ts';

export type { LogsStore } from './logs.ts';
export type { OperationEntry, OperationSlice } from './operation.ts';
export type { BuildView, LogTail, OperationEnd, OperationView, PullView, StepView } from './operation-view.ts';
export type { StackEntry } from './stack.ts';
export { useStore } from './use-store.ts';

/** All that the panel knows, one store for each domain. */
export function createStores(connection: Connection, nextFrame: NextFrame) {
  return {
    connection: createConnectionStore(connection),
    project: createProjectStore(connection),
    engine: createEngineStore(connection),
    stack: createStackStore(connection),
    operation: createOperationStore(connection),
    logs: createLogsStore(connection, nextFrame),
  };
}
export type Stores = ReturnType<typeof createStores>;
