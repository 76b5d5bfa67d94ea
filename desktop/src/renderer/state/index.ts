import type { Connection } from '#client/index.ts';
import type { Settings } from '#contract/index.ts';
import type { Language } from '#words/index.ts';
import { createActivityStore } from './activity.ts';
import { createBuildsStore } from './builds.ts';
import { createConfigurationStore } from './configuration.ts';
import { createConnectionStore } from './connection.ts';
import { createDiagnosticsStore } from './diagnostics.ts';
import { createEngineStore } from './engine.ts';
import { createHealthStore } from './health.ts';
import type { NextFrame } from './log-pull.ts';
import { createLogsStore } from './logs.ts';
import { createNoticesStore } from './notices/notices.ts';
import { createOperationStore } from './operation.ts';
import { createOthersStore } from './others.ts';
import { createPreferencesStore } from './preferences.ts';
import { createPreflightStore } from './preflight.ts';
import { createProjectStore } from './project.ts';
import { createRegistryLoginsStore } from './registry-logins.ts';
import { createReleasesStore } from './releases.ts';
import { askSentences } from './sentences.ts';
import { createSessionsStore } from './sessions.ts';
import { createStackStore } from './stack.ts';
import { createUsageStore } from './usage.ts';

export type { Door, Entrance, Refused } from '#client/index.ts';
export { type BuildFailure, buildFailureOf } from './build-failure.ts';
export type { BuildsEntry } from './builds.ts';
export type {
  Answer,
  ConfigurationEntry,
  ConfigurationSlice,
  FileChange,
  Reading,
  SavedChange,
} from './configuration.ts';
export type { Step, StepFrom } from './log-history.ts';
export type { LogsSlice, LogsStore } from './logs.ts';
export type { LogsState } from './logs-state.ts';
export type { Notice } from './notices/notices-state.ts';
export type { OperationEntry, OperationSlice } from './operation.ts';
export type {
  BuildView,
  LogTail,
  OperationEnd,
  OperationView,
  PullView,
  StageView,
  StepView,
} from './operation-view.ts';
export type { OpenedOther } from './others.ts';
export { riskQuestion, withAgreement } from './plan-risks.ts';
export { reportKey } from './preflight.ts';
export type { Compared, ReleasesEntry, ReleasesSlice } from './releases.ts';
export type { StackEntry } from './stack.ts';
export { type UsageHistory, type UsagePoint, usageHistoryMs } from './usage-history.ts';
export { useStore } from './use-store.ts';

/** All that the panel knows, one store for each domain. `guess`: the theme and language until the core has told which. */
export function createStores(
  connection: Connection,
  nextFrame: NextFrame,
  guess: Pick<Settings, 'theme' | 'language'>,
) {
  const operation = createOperationStore(connection);
  const stack = createStackStore(connection);
  const preferences = createPreferencesStore(connection, guess);
  return {
    connection: createConnectionStore(connection),
    project: createProjectStore(connection),
    others: createOthersStore(connection),
    engine: createEngineStore(connection),
    stack,
    operation,
    preflight: createPreflightStore(connection),
    releases: createReleasesStore(connection, operation),
    activity: createActivityStore(connection),
    health: createHealthStore(connection),
    builds: createBuildsStore(connection),
    usage: createUsageStore(connection),
    configuration: createConfigurationStore(connection, operation),
    diagnostics: createDiagnosticsStore(connection),
    logs: createLogsStore(connection, nextFrame),
    sessions: createSessionsStore(connection),
    registryLogins: createRegistryLoginsStore(connection),
    preferences,
    notices: createNoticesStore(connection, { stack, operation, preferences }),
    /** Learns what the core says in a language. Returns the function that breaks it off. */
    askSentences: (language: Language) => askSentences(connection, language),
  };
}
export type Stores = ReturnType<typeof createStores>;
