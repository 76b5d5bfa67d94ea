import { useEffect, useMemo } from 'react';
import { type Stores, type UsageHistory, useStore } from '#state/index.ts';
import { useActive } from '#ui/use-active.ts';
import { useVisible } from '#ui/use-visible.ts';

/** Where the figures of an environment are found: who shows one reads it there, so that a new one draws nothing else anew. */
export interface UsageSource {
  store: Stores['usage'];
  environment: string;
}

/** After so long without a move nobody is taken to look. */
const idleMs = 120_000;

/** Has it read what the services use: while the page is in sight, and seldom where nobody has moved for a while. */
export function useUsage({ usage: store }: Stores, environment: string): UsageSource {
  const watch = useStore(store, (state) => state.watch);
  const visible = useVisible();
  const pace = useActive(idleMs) ? 'live' : 'slow';
  useEffect(() => (visible ? watch(environment, pace) : undefined), [visible, watch, environment, pace]);
  return useMemo(() => ({ store, environment }), [store, environment]);
}

/** What one service used; undefined where it was not seen running. */
export function useUsageOf({ store, environment }: UsageSource, service: string): UsageHistory | undefined {
  return useStore(store, ({ byEnvironment }) => byEnvironment[environment]?.histories.get(service));
}

/** How often it is read; undefined before the first reading. */
export function useUsagePace({ store, environment }: UsageSource): number | undefined {
  return useStore(store, ({ byEnvironment }) => byEnvironment[environment]?.readings.at(-1)?.everySeconds);
}
