import { Worker } from 'node:worker_threads';
import { reportProblem } from './control.ts';
import { beforeExit } from './lifetime.ts';
import { portBehind } from './message-port-main.ts';
import { StrictEmitter, strict } from './strict.ts';

interface ForkOptions {
  readonly serviceName?: string;
  readonly stdio?: 'inherit';
}

const running = new Set<Worker>();

/** A utility process as a thread: own event loop and globals, the same memory and process id. */
class UtilityProcess extends StrictEmitter {
  readonly #worker: Worker;

  constructor(path: string, args: readonly string[]) {
    super('utilityProcess', ['spawn', 'exit', 'message']);
    const bootstrap = new URL('./utility-bootstrap.ts', import.meta.url);
    this.#worker = new Worker(bootstrap, { argv: [...args], workerData: { path }, execArgv: [] });
    running.add(this.#worker);
    this.#worker.on('online', () => this.emit('spawn'));
    this.#worker.on('message', (message) => this.emit('message', message));
    this.#worker.on('error', (error) => {
      reportProblem(
        `the engine process threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    });
    this.#worker.on('exit', (code) => {
      running.delete(this.#worker);
      this.emit('exit', code);
    });
  }

  postMessage(message: unknown, transfer: readonly object[] = []): void {
    const ports = transfer.map(portBehind);
    this.#worker.postMessage({ message, ports }, ports);
  }

  kill(): boolean {
    void this.#worker.terminate();
    return true;
  }
}

export const utilityProcess = strict('utilityProcess', {
  fork(path: string, args: readonly string[] = [], options: ForkOptions = {}): object {
    strict('utilityProcess.fork options', options);
    return strict('UtilityProcess', new UtilityProcess(path, args));
  },
});

/** Ends all of them the hard way, as a crash would. */
export async function crashUtilityProcesses(): Promise<void> {
  await Promise.all([...running].map((worker) => worker.terminate()));
}

beforeExit(crashUtilityProcesses);
