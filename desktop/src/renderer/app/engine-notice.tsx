import { EngineBanner } from '#features/stack/index.ts';
import { type Stores, useStore } from '#state/index.ts';

/** On the pages beside Stack: that the Docker Engine is not there, and from when what is shown is. */
export function EngineNotice({ stores, environment }: { stores: Stores; environment: string }) {
  const stack = useStore(stores.stack, ({ byEnvironment }) => byEnvironment[environment]?.stack);
  return stack === undefined ? null : <EngineBanner engine={stack.engine} at={stack.at} />;
}
