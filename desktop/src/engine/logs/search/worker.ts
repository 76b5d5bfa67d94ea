import { parentPort } from 'node:worker_threads';
import { compile } from '../query/compile.ts';
import { finderFor } from '../query/finder.ts';
import { columnsIn } from '../store/columns.ts';
import { indexIds } from '../store/index-ids.ts';
import { type Lines, releaseText, type SharedSlab, sealed, textOf } from '../store/shared-slab.ts';
import type { SearchSpec, WorkerAnswer, WorkerTask } from './messages.ts';
import { type Search, searchLines } from './search-lines.ts';

let compiled: { readonly id: number; readonly search: Search } | undefined;

function onLines<T>(slab: SharedSlab, work: (lines: Lines) => T): T {
  let text: Buffer | undefined;
  try {
    return work({
      rows: slab.rows,
      columns: columnsIn(slab.memory, slab.capacity),
      text: () => (text ??= textOf(slab)),
    });
  } finally {
    if (text !== undefined) releaseText(slab, text);
  }
}

function searchOf({ id, expression, sources }: SearchSpec): Search {
  if (compiled?.id !== id)
    compiled = { id, search: { test: compile(expression, sources), finder: finderFor(expression) } };
  return compiled.search;
}

function answer(task: WorkerTask): WorkerAnswer {
  const { job } = task;
  switch (task.kind) {
    case 'index':
      onLines(task.slab, (lines) => {
        indexIds(lines, 0);
      });
      return { job, kind: 'done' };
    case 'seal':
      return { job, kind: 'sealed', slab: sealed(task.slab) };
    case 'search':
      return {
        job,
        kind: 'rows',
        rows: onLines(task.slab, (lines) => searchLines(lines, searchOf(task.spec), task.range)),
      };
    case 'ping':
      return { job, kind: 'done' };
  }
}

parentPort?.on('message', (task: WorkerTask) => {
  try {
    parentPort?.postMessage(answer(task));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    parentPort?.postMessage({ job: task.job, kind: 'failed', message } satisfies WorkerAnswer);
  }
});
