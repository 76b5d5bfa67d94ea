import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { stillVariable } from './clock.ts';

/** When everything happens that pictures show. */
export const stillNow = '2026-11-26T14:05:00Z';

/** A served panel in which time stands still. */
export interface StillPanel {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves the built panel over made-up data, in a process of its own, as data is made up when it is loaded. */
export async function startStillPanel(): Promise<StillPanel> {
  const env = { ...process.env, [stillVariable]: stillNow };
  const child = fork(join(import.meta.dirname, 'server.ts'), ['0'], { env, execArgv: [] });
  const ended = once(child, 'exit');
  const told: unknown[] = await Promise.race([once(child, 'message'), ended]);
  const [port] = told;
  if (child.exitCode !== null || typeof port !== 'number') throw new Error('The panel could not be served.');
  return {
    port,
    async close() {
      child.disconnect();
      await ended;
    },
  };
}
