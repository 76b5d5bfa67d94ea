import { useEffect } from 'react';
import type { StackState } from '#contract/index.ts';
import { type ReleasesEntry, type Stores, useStore } from '#state/index.ts';

/** While another process deploys, its end is told by nobody. */
const elsewhereMs = 3_000;

/** Changes when what runs may no longer be what was read back. */
function fingerprint(stack: StackState | undefined): string {
  if (stack === undefined || stack.reading !== undefined) return '';
  const services = stack.services.map(({ name, condition, containers }) =>
    [name, condition, ...containers.map(({ id, imageId }) => `${id} ${imageId}`)].join(' '),
  );
  return [stack.engine.state, ...services].join('\n');
}

/** What the page knows of the releases, kept up to date while it is in sight. `busy`: an operation of the panel runs. */
export function useReleases(stores: Stores, environment: string, busy: boolean): ReleasesEntry {
  const entry = useStore(stores.releases, ({ byEnvironment }) => byEnvironment[environment]);
  const coreSince = useStore(stores.connection, ({ hello }) => hello?.startedAt);
  const online = useStore(stores.connection, ({ status }) => status === 'connected');
  const seen = useStore(stores.stack, ({ byEnvironment }) => fingerprint(byEnvironment[environment]?.stack));
  const elsewhere = !busy && entry?.releases?.some(({ outcome }) => outcome === 'running') === true;

  // In the middle of an operation nothing is as recorded; its end reads everything anew.
  const changed = busy ? '' : seen;
  useEffect(() => {
    if (online) void stores.releases.getState().load(environment, !busy);
  }, [stores, environment, online, coreSince, changed, busy]);

  useEffect(() => {
    if (online) void stores.releases.getState().look(environment);
  }, [stores, environment, online, coreSince]);

  useEffect(() => {
    if (!elsewhere) return undefined;
    const timer = setInterval(() => {
      void stores.releases.getState().load(environment);
    }, elsewhereMs);
    return () => {
      clearInterval(timer);
    };
  }, [stores, environment, elsewhere]);
  return entry ?? {};
}
