import { useEffect, useSyncExternalStore } from 'react';
import { type Stores, useStore } from '#state/index.ts';
import { language, onWording } from '#words/index.ts';

/** Keeps what is in sight up to date: the project, the engine, the stack that is looked at, and its running operation. */
export function useFeeds(stores: Stores, environment: string | undefined, other: string | undefined): void {
  const coreSince = useStore(stores.connection, ({ hello }) => hello?.startedAt);
  const stackProblem = useStore(
    stores.stack,
    ({ byEnvironment }) => byEnvironment[environment ?? '']?.stack?.problem?.message,
  );
  const running = useStore(stores.stack, ({ byEnvironment }) => byEnvironment[environment ?? '']?.stack?.operation);

  const spoken = useSyncExternalStore(onWording, language);

  // First, so that what the core says is known when it says it. Another core may say something else.
  useEffect(() => (coreSince === undefined ? undefined : stores.askSentences(spoken)), [stores, coreSince, spoken]);

  useEffect(() => stores.engine.getState().watch(), [stores]);
  useEffect(() => stores.preferences.getState().watch(), [stores]);
  useEffect(() => stores.others.getState().watch(), [stores]);

  useEffect(() => {
    if (other !== undefined) void stores.others.getState().open(other);
  }, [stores, other, coreSince, stackProblem]);

  // The files are read anew when the core is another one, and when what is wrong with them changes.
  useEffect(() => {
    void stores.project.getState().load();
  }, [stores, coreSince, stackProblem]);

  useEffect(
    () => (environment === undefined ? undefined : stores.stack.getState().watch(environment)),
    [stores, environment],
  );

  useEffect(() => {
    if (environment !== undefined && running !== undefined) stores.operation.getState().attach(environment, running);
  }, [stores, environment, running]);
}
