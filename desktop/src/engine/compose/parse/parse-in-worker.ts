import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type Problem, QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { workerFile } from '#kit/worker-file.ts';
import { invalid } from '../errors.ts';
import type { Source } from '../tree/source.ts';
import { adopt } from './adopt.ts';
import type { ParsedDocument } from './convert.ts';

export interface ParseTask {
  readonly file: string;
  readonly display: string;
  readonly text: string;
}
export type ParseAnswer =
  | { readonly kind: 'begun' }
  | { readonly kind: 'parsed'; readonly documents: readonly ParsedDocument[] }
  | { readonly kind: 'refused'; readonly problem: Problem };

const limit = 2000;
const memoryMb = 512;

/** Parses in a thread of its own, which is ended after two seconds of work. Throws COMPOSE_INVALID as `parseFullYaml`, and then. */
export async function parseInWorker(source: Source, limitMs = limit): Promise<readonly ParsedDocument[]> {
  const { file, display, text } = source;
  const worker = new Worker(workerFile(import.meta.dirname, 'yaml-worker', existsSync), {
    name: 'yaml',
    workerData: { file, display, text } satisfies ParseTask,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  try {
    const answer = await answerOf(worker, source, limitMs);
    if (answer.kind === 'parsed') return answer.documents.map((document) => adopt(document, source));
    const { code, message, remedy, details } = answer.problem;
    throw new QuaysideError(code, message, { remedy, details });
  } finally {
    void worker.terminate();
  }
}

type Result = Exclude<ParseAnswer, { kind: 'begun' }>;

function answerOf(worker: Worker, source: Source, limitMs: number): Promise<Result> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const refuse = (why: string): void => {
      const remedy = say`Simplify it or split it: a file of this size that holds a project is read in a fraction of that.`;
      reject(invalid({ source, at: 0, keyAt: -1 }, say`the file ${why}`, remedy));
    };
    worker.on('message', (answer: ParseAnswer) => {
      // Counted from here: how long a thread takes to start says nothing about the file.
      if (answer.kind === 'begun')
        timer = setTimeout(refuse, limitMs, say`takes more than ${limitMs / 1000} s to parse`);
      else resolve(answer);
    });
    worker.once('error', (error: Error) => {
      if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
        refuse(say`takes more than ${memoryMb} MB to parse`);
      else reject(error);
    });
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(new Error('The thread that parses YAML ended without an answer.'));
    });
  });
}
