import { app, type MessagePortMain } from 'electron';
import type { EngineSupervisor } from './engine-supervisor.ts';
import type { UpdateSource } from './updates.ts';

/** Ending the app ends its engine process, never a stack. Gives what ends that process while the app still runs. */
export function endWith(engine: EngineSupervisor<MessagePortMain>, forget: () => void): () => Promise<void> {
  let ended = false;
  const end = async (): Promise<void> => {
    forget();
    await engine.stop();
    ended = true;
  };
  app.on('will-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    void end().finally(() => {
      app.exit(0);
    });
  });
  return end;
}

/** Ends everything of this copy, then has the update installed and started. Where that fails, this copy starts again. */
export async function restartInto(source: UpdateSource, end: () => Promise<void>): Promise<void> {
  await end();
  // The new copy may start before this one has ended, and would take itself for a second one.
  app.releaseSingleInstanceLock();
  source.install(() => {
    app.relaunch();
    app.exit(0);
  });
}
