import type { ChildProcess } from 'node:child_process';

const endMs = 10_000;

/** Resolves with how the process ended; kills it and throws when it has not ended by itself after ten seconds. */
export function ended(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode ?? child.signalCode);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error('The app did not end by itself.'));
    }, endMs);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      resolve(code ?? signal);
    });
  });
}

/** Gathers what a process writes, for messages of failed tests. */
export function outputOf(child: ChildProcess): { text: () => string } {
  let text = '';
  const add = (chunk: Buffer): void => {
    text += chunk.toString();
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return { text: () => text };
}
