import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const repository = join(import.meta.dirname, '..', '..', '..');
const startMs = 20_000;
const endMs = 10_000;

/** A service of the shop in a process of its own. */
export interface RunningProcess {
  readonly port: number;
  readonly url: string;
  /** Ends it as an orchestrator would; throws when it does not end by itself. */
  stop(): Promise<void>;
  /** Ends it the hard way. */
  kill(): Promise<void>;
}

function portIn(line: string): number | undefined {
  const port = /"msg":"listening on port (\d+)"/.exec(line)?.[1];
  return port === undefined ? undefined : Number(port);
}

/** Starts a service of this repository from its sources, on a free port unless `env` names one. */
export async function startProcess(
  workspace: 'backend' | 'frontend',
  env: Readonly<Record<string, string>>,
): Promise<RunningProcess> {
  const main = workspace === 'frontend' ? 'src/server/main.ts' : 'src/main.ts';
  const child = spawn(process.execPath, ['--conditions=shop-source', main], {
    cwd: join(repository, workspace),
    env: { PATH: process.env['PATH'], ENVIRONMENT: 'production', HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const output: string[] = [];
  const listening = Promise.withResolvers<number>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    output.push(line);
    const port = portIn(line);
    if (port !== undefined) listening.resolve(port);
  });
  const fail = (why: string) => {
    listening.reject(new Error(`The ${workspace} ${why}:\n${output.join('\n')}`));
  };
  const timer = setTimeout(fail, startMs, 'did not start in time');
  void ended.then(() => {
    fail('ended before it listened');
  });
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), endMs);
    const [code, by] = (await ended) as [number | null, NodeJS.Signals | null];
    clearTimeout(late);
    if (by !== null && by !== signal) throw new Error(`The ${workspace} did not end by itself.`);
    if (signal === 'SIGTERM' && code !== 0) throw new Error(`The ${workspace} ended with ${String(code)}.`);
  };
  try {
    const port = await listening.promise;
    return { port, url: `http://127.0.0.1:${port}`, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
