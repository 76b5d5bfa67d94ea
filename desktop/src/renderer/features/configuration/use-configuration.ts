import { useEffect } from 'react';
import { type ConfigurationEntry, type Stores, useStore } from '#state/index.ts';

export type Part = 'variables' | 'resolved' | 'differences' | 'environments';

const nothing: ConfigurationEntry = {};

/** What is known of an environment's configuration; the part in sight is read anew when it comes into sight, and with the window. */
export function useConfiguration(stores: Stores, environment: string, part: Part): ConfigurationEntry {
  const entry = useStore(stores.configuration, ({ byEnvironment }) => byEnvironment[environment]) ?? nothing;
  const core = useStore(stores.connection, ({ hello }) => hello?.startedAt);
  const fileProblem = useStore(
    stores.stack,
    ({ byEnvironment }) => byEnvironment[environment]?.stack?.problem?.message,
  );
  const operation = useStore(stores.stack, ({ byEnvironment }) => byEnvironment[environment]?.stack?.operation);
  useEffect(() => {
    const read = () => {
      const { load } = stores.configuration.getState();
      void load(environment, 'variables');
      if (part === 'resolved' || part === 'differences') void load(environment, part);
    };
    read();
    window.addEventListener('focus', read);
    return () => {
      window.removeEventListener('focus', read);
    };
  }, [stores, environment, part, core, fileProblem, operation, entry.saved]);
  return entry;
}
