import { spawn } from 'node:child_process';
import { join } from 'node:path';

const command = join(import.meta.dirname, '../../bin/quayside.mjs');

/** How a run of the command ended. */
export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs the built command as a shell would, without a terminal. `onOutput` hears all that it has written so far to standard output;
 * `input` is what it reads; `interrupt` ends it as Ctrl-C does.
 */
export function quayside(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  onOutput: (out: string) => void = () => undefined,
  input = '',
  interrupt?: AbortSignal,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--', command, ...args], {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    interrupt?.addEventListener('abort', () => child.kill('SIGINT'));
    child.stdin.on('error', () => undefined).end(input);
    let out = '';
    let err = '';
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString();
      onOutput(out);
    });
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    child.on('error', reject);
    child.on('close', (status) => {
      resolve({ status, out, err });
    });
  });
}

/** Runs the built command at a terminal (util-linux's `script` has one) and answers its question; `shown` is what the terminal showed. */
export function quaysideAtTerminal(
  args: readonly string[],
  { question, answer }: { readonly question: string; readonly answer: string },
  env: Readonly<Record<string, string>>,
): Promise<{ status: number | null; shown: string }> {
  const words = [process.execPath, '--', command, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  return new Promise((resolve, reject) => {
    const child = spawn('script', ['-qec', words.join(' '), '/dev/null'], { env: { ...process.env, ...env } });
    child.on('error', reject);
    let shown = '';
    let answered = false;
    const see = (data: Buffer): void => {
      shown += data.toString();
      if (answered || !shown.includes(question)) return;
      answered = true;
      child.stdin.write(`${answer}\r`);
    };
    child.stdout.on('data', see);
    child.stderr.on('data', see);
    child.on('close', (status) => {
      child.stdin.destroy();
      resolve({ status, shown });
    });
  });
}
