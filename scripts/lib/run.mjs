import { spawn } from 'node:child_process';
import { Trouble } from './trouble.mjs';

/**
 * Runs a program to its end and returns `{ code, stdout, stderr }`; a program that cannot be started has code 127,
 * one that outlives its `deadline` (ms) has 124. Both `deadline` and `signal` end it as Ctrl-C does, after 10 s by force. `echo` passes its output through instead of collecting it.
 */
export function run(command, args, { cwd, env = process.env, input, deadline, signal, echo = false } = {}) {
  return new Promise((resolve) => {
    const stdio = [input === undefined ? 'ignore' : 'pipe', echo ? 'inherit' : 'pipe', echo ? 'inherit' : 'pipe'];
    const child = spawn(command, args, { cwd, env, stdio });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      child[name]?.setEncoding('utf8').on('data', (text) => {
        output[name] += text;
      });
    }
    let late = false;
    let force;
    const stop = () => {
      child.kill('SIGINT');
      force = setTimeout(() => child.kill('SIGKILL'), 10_000);
    };
    const timer =
      deadline &&
      setTimeout(() => {
        late = true;
        stop();
      }, deadline);
    signal?.addEventListener('abort', stop);
    const settle = (code) => {
      clearTimeout(timer);
      clearTimeout(force);
      signal?.removeEventListener('abort', stop);
      resolve({ code: late ? 124 : code, ...output });
    };
    child.on('error', (error) => {
      output.stderr += error.message;
      settle(127);
    });
    child.on('close', (code) => settle(code ?? 1));
    child.stdin?.on('error', () => {}).end(input);
  });
}

/** The last lines of a text: what a reader needs of a long log. */
export const lastLines = (text, count = 12) => text.trimEnd().split('\n').slice(-count).join('\n');

/** The first lines of a text: npm names the cause first and pads it with help. */
export const firstLines = (text, count = 8) => text.trimStart().split('\n').slice(0, count).join('\n');

/** Like `run`, but a failure is thrown with the end of the program's output; returns its standard output. */
export async function must(command, args, { remedy, ...options } = {}) {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code === 0) return stdout;
  const words = [command, ...args].join(' ');
  throw new Trouble(`\`${words}\` failed (exit ${code}).\n${lastLines(stderr || stdout)}`, remedy);
}

/** Runs npm, the same one that runs this script where there is one. */
export function npm(args, options) {
  const cli = process.env['npm_execpath'];
  if (cli?.endsWith('.js')) return run(process.execPath, [cli, ...args], options);
  return process.platform === 'win32'
    ? run('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], options)
    : run('npm', args, options);
}
