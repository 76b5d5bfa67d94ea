import { parentPort, workerData } from 'node:worker_threads';
import { toProblem } from '#contract/index.ts';
import { Source } from '../tree/source.ts';
import type { ParsedDocument } from './convert.ts';
import type { ParseAnswer, ParseTask } from './parse-in-worker.ts';
import { parseFullYaml } from './yaml.ts';

function answer({ file, display, text }: ParseTask): ParseAnswer {
  let documents: ParsedDocument[];
  try {
    documents = parseFullYaml(new Source(file, display, text));
  } catch (error) {
    return { kind: 'refused', problem: toProblem(error) };
  }
  return { kind: 'parsed', documents };
}

parentPort?.postMessage({ kind: 'begun' } satisfies ParseAnswer);
parentPort?.postMessage(answer(workerData as ParseTask));
