import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { clientOver, openSocket, signIn } from './panel-socket.ts';

/** A served panel, as a browser would find it. */
export interface ServedPanel {
  /** Milliseconds from the start of the process to its link, and to the first state of the stack. */
  readonly linkMs: number;
  readonly stateMs: number;
  close(): Promise<void>;
}

/** Starts a command that serves the panel and reads the state of its stack as the page does. */
export async function startPanel(command: string, args: readonly string[], cwd?: string): Promise<ServedPanel> {
  const begun = performance.now();
  const child = spawn(command, args, { cwd, stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const link = new URL(await firstLink(child));
  const linkMs = performance.now() - begun;
  const socket = await openSocket(link.origin, await signIn(link.href));
  const client = clientOver(socket);
  const { defaultEnvironment = '' } = await client.project.get();
  for await (const state of await client.stack.watch({ environment: defaultEnvironment })) {
    if (state.engine.state === 'connected') break;
  }
  const stateMs = performance.now() - begun;
  return {
    linkMs,
    stateMs,
    async close() {
      socket.close();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      // The whole group, as Ctrl-C in a terminal does: a script between us and the host may not pass a signal on.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      await ended;
      child.stdout.destroy();
      child.stdin.destroy();
    },
  };
}

async function firstLink(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the panel has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const link = /^Quayside panel: (\S+)$/.exec(line)?.[1];
    if (link !== undefined) return link;
  }
  throw new Error('the panel printed no link');
}
