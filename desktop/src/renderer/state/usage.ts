import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StackUsage, UsagePace } from '#contract/index.ts';
import type { Core } from './core.ts';
import { follow } from './follow.ts';
import { type UsageHistory, usageHistories, usageHistoryMs } from './usage-history.ts';

/** Adds a reading, where it is not the one that was told last, and drops what is old. */
function added(readings: readonly StackUsage[], next: StackUsage): readonly StackUsage[] {
  if (readings.at(-1)?.at === next.at) return readings;
  const oldest = Date.parse(next.at) - usageHistoryMs;
  return [...readings.filter(({ at }) => Date.parse(at) >= oldest), next];
}

export interface UsageEntry {
  /** The last readings, oldest first. */
  readings: readonly StackUsage[];
  /** By the name of the service. */
  histories: ReadonlyMap<string, UsageHistory>;
}

export interface UsageSlice {
  byEnvironment: Readonly<Record<string, UsageEntry>>;
  /** Has the core read what the services use, until the returned function is called. */
  watch: (environment: string, pace: UsagePace) => () => void;
}

/** What the services of each environment use; read only while somebody watches. */
export function createUsageStore(core: Core): StoreApi<UsageSlice> {
  return createStore<UsageSlice>((set) => ({
    byEnvironment: {},
    watch(environment, pace) {
      const life = new AbortController();
      void follow(
        core,
        {
          open: (signal) => core.client.stack.usage({ environment, pace }, { signal }),
          onItem(usage) {
            set(({ byEnvironment }) => {
              const readings = added(byEnvironment[environment]?.readings ?? [], usage);
              const entry = { readings, histories: usageHistories(readings) };
              return { byEnvironment: { ...byEnvironment, [environment]: entry } };
            });
            return 'more';
          },
          // The page says what is wrong with the engine; the figures only stay away.
          onProblem: () => 'more',
        },
        life.signal,
      );
      return () => {
        life.abort();
      };
    },
  }));
}
