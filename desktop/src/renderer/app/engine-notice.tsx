import { EngineBanner } from '#features/stack/index.ts';
import { type Stores, useStore } from '#state/index.ts';

export interface EngineNoticeProps {
  stores: Stores;
  environment: string;
  /** What the page shows is kept on this machine, and is no older without the engine. */
  kept?: boolean;
}

/** On the pages beside Stack: that the Docker Engine is not there, and from when what is shown is. */
export function EngineNotice({ stores, environment, kept = false }: EngineNoticeProps) {
  const stack = useStore(stores.stack, ({ byEnvironment }) => byEnvironment[environment]?.stack);
  return stack === undefined ? null : <EngineBanner engine={stack.engine} at={kept ? undefined : stack.at} />;
}
