import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { say } from '#kit/say.ts';
import { workerFile } from '#kit/worker-file.ts';
import type { SharedSlab } from '../store/shared-slab.ts';
import type { SlabWorkers } from '../store/store.ts';
import type { SearchSpec, WorkerAnswer, WorkerTask } from './messages.ts';
import type { Range } from './search-lines.ts';

const WORKERS = 2;
const CLOSED = say`The logs are closed.`;

/** Thrown where a search took longer than it may. */
export class SearchTooSlow extends Error {}

/** Threads that index, seal and search closed slabs. They start with the first task and never keep the process alive. */
export interface LogWorkers extends SlabWorkers {
  readonly size: number;
  /** The rows of one slab that pass. Rejects with SearchTooSlow after `limitMs`. */
  search(slab: SharedSlab, spec: SearchSpec, range: Range, limitMs: number): Promise<readonly number[]>;
  /** Ends the threads for good: what is asked for later fails, also where it is the next step of something begun before. */
  dispose(): void;
}

export function createLogWorkers(): LogWorkers {
  return new Crew();
}

interface Waiting {
  readonly resolve: (answer: WorkerAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** A task without its number: that is given on the way. */
type Unnumbered = WorkerTask extends infer Task ? (Task extends WorkerTask ? Omit<Task, 'job'> : never) : never;

/** One thread. Where it is stopped or dies, its tasks fail and the next task starts it anew. */
class Hand {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private jobs = 0;

  get busy(): number {
    return this.waiting.size;
  }

  get started(): boolean {
    return this.worker !== undefined;
  }

  ask(task: Unnumbered, limitMs?: number): Promise<WorkerAnswer> {
    const job = (this.jobs += 1);
    const worker = (this.worker ??= this.start());
    return new Promise((resolve, reject) => {
      const timer =
        limitMs === undefined
          ? undefined
          : setTimeout(() => {
              // Only the thread's end ends the work; what else waits for it is done again elsewhere.
              this.waiting.get(job)?.reject(new SearchTooSlow(say`The search took too long.`));
              this.stop(new Error('The log worker was stopped.'));
            }, limitMs);
      timer?.unref();
      const settled = (): void => {
        clearTimeout(timer);
        this.waiting.delete(job);
      };
      this.waiting.set(job, {
        resolve(answer) {
          settled();
          if (answer.kind === 'failed') reject(new Error(answer.message));
          else resolve(answer);
        },
        reject(error) {
          settled();
          reject(error);
        },
      });
      worker.postMessage({ ...task, job } satisfies WorkerTask);
    });
  }

  stop(error: Error): void {
    const { worker } = this;
    this.worker = undefined;
    void worker?.terminate();
    for (const { reject } of [...this.waiting.values()]) reject(error);
  }

  private start(): Worker {
    const worker = new Worker(workerFile(import.meta.dirname, 'log-worker', existsSync), { name: 'logs' });
    worker.unref();
    worker.on('message', (answer: WorkerAnswer) => this.waiting.get(answer.job)?.resolve(answer));
    const ended = (error: Error): void => {
      if (this.worker === worker) this.stop(error);
    };
    worker.on('error', ended);
    worker.on('exit', () => {
      ended(new Error('The log worker ended.'));
    });
    return worker;
  }
}

class Crew implements LogWorkers {
  readonly size = WORKERS;
  private closed = false;
  private readonly hands = Array.from({ length: WORKERS }, () => new Hand());

  async index(slab: SharedSlab): Promise<void> {
    await this.ask({ kind: 'index', slab });
  }

  async seal(slab: SharedSlab): Promise<SharedSlab> {
    const answer = await this.ask({ kind: 'seal', slab });
    if (answer.kind !== 'sealed') throw new Error(`The log worker answered ${answer.kind}.`);
    return answer.slab;
  }

  async settled(): Promise<void> {
    const asked = this.hands.filter(({ started }) => started).map((hand) => hand.ask({ kind: 'ping' }));
    // A thread that has ended looks at nothing any more.
    await Promise.allSettled(asked);
  }

  async search(slab: SharedSlab, spec: SearchSpec, range: Range, limitMs: number): Promise<readonly number[]> {
    const answer = await this.ask({ kind: 'search', slab, spec, range }, limitMs);
    return answer.kind === 'rows' ? answer.rows : [];
  }

  dispose(): void {
    this.closed = true;
    for (const hand of this.hands) hand.stop(new Error(CLOSED));
  }

  /** Gives the task to who has the least to do. */
  private ask(task: Unnumbered, limitMs?: number): Promise<WorkerAnswer> {
    if (this.closed) return Promise.reject(new Error(CLOSED));
    return this.hands.reduce((least, hand) => (hand.busy < least.busy ? hand : least)).ask(task, limitMs);
  }
}
