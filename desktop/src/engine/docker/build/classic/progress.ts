import { type PullLine, PullMeter } from '../../registry/pull-progress.ts';
import type { Trace, TraceLog, TraceStatus, TraceVertex } from '../trace/status.ts';

interface Step {
  readonly number: number;
  readonly total: number;
  readonly text: string;
  readonly started: string;
  readonly cached: boolean;
  readonly pull: PullMeter;
}

/** Around what a command wrote to standard error: the builder paints it red. */
const red = '\u001b[91m';
const plain = '\u001b[0m';
const idOfStep = /^classic:(\d+)$/;

/** The vertex id of a step, which counts every instruction of the Dockerfile from 1. */
function stepId(number: number): string {
  return `classic:${number}`;
}

/** The number in such an id; undefined for a vertex of another builder. */
export function stepNumber(id: string): number | undefined {
  const number = idOfStep.exec(id)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Turns the text that the classic builder prints into the messages of a trace: one vertex per step, in order. */
export class ClassicProgress {
  #step: Step | undefined;

  /** What one text of the answer means. */
  text(text: string): Trace {
    const next = this.#nextStep(text);
    if (next !== undefined) return next;
    const warning = /^\[Warning\] (.*?)\s*$/s.exec(text)?.[1];
    if (warning !== undefined) return trace({ warnings: [{ vertex: '', text: warning }] });
    const step = this.#step;
    if (step === undefined || isNarration(text)) return this.#cached(text);
    return trace({ logs: [output(step, text)] });
  }

  /** A line of the pull that a FROM sets off. */
  pull(line: PullLine): Trace {
    const step = this.#step;
    const progress = step?.pull.push(line);
    if (step === undefined || progress === undefined) return trace({});
    const { current, total } = progress;
    const status: TraceStatus = { id: 'pull', vertex: stepId(step.number), current, total };
    return trace({ statuses: [status] });
  }

  /** The end of the build: the step that ran has failed with these words, or is done. */
  end(error = ''): Trace {
    const done = this.#completed(error);
    this.#step = undefined;
    return trace({ vertexes: done });
  }

  /** A command may print the like of a step, but hardly with the number that comes next. */
  #nextStep(text: string): Trace | undefined {
    const found = /^Step (\d+)\/(\d+) : (.*?)\s*$/s.exec(text);
    if (found === null) return undefined;
    const [number, total] = [Number(found[1]), Number(found[2])];
    if (number !== (this.#step?.number ?? 0) + 1 || total !== (this.#step?.total ?? total)) return undefined;
    const done = this.#completed('');
    const started = new Date().toISOString();
    this.#step = { number, total, text: found[3] ?? '', started, cached: false, pull: new PullMeter() };
    return trace({ vertexes: [...done, vertex(this.#step)] });
  }

  #cached(text: string): Trace {
    if (this.#step === undefined || !/^ ---> Using cache\s*$/.test(text)) return trace({});
    this.#step = { ...this.#step, cached: true };
    return trace({ vertexes: [vertex(this.#step)] });
  }

  #completed(error: string): TraceVertex[] {
    if (this.#step === undefined) return [];
    return [{ ...vertex(this.#step), completed: new Date().toISOString(), error }];
  }
}

/** What the builder says of its own doings, not the output of a command. */
function isNarration(text: string): boolean {
  return (
    text === '\n' ||
    /^ ---> (?:Using cache|(?:Running in |Removed intermediate container )?[0-9a-f]{12})\n$/.test(text) ||
    /^(?:Removing intermediate container [0-9a-f]{12}|Successfully (?:built [0-9a-f]{12}|tagged \S+))\n$/.test(text)
  );
}

function output({ number }: Step, text: string): TraceLog {
  const vertex = stepId(number);
  if (!text.startsWith(red)) return { vertex, stream: 1, bytes: Buffer.from(text) };
  const end = text.endsWith(plain) ? -plain.length : undefined;
  return { vertex, stream: 2, bytes: Buffer.from(text.slice(red.length, end)) };
}

function vertex({ number, total, text, started, cached }: Step): TraceVertex {
  return { digest: stepId(number), name: `[${number}/${total}] ${text}`, cached, started, error: '' };
}

function trace(part: Partial<Trace>): Trace {
  return { vertexes: [], statuses: [], logs: [], warnings: [], ...part };
}
