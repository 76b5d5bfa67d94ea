import { parentPort } from 'node:worker_threads';
import { compile } from '../query/compile.ts';
import { finderFor } from '../query/finder.ts';
import { columnsIn } from '../store/columns.ts';
import { indexIds } from '../store/index-ids.ts';
import { type Lines, type SharedSlab, sealed, textOf } from '../store/shared-slab.ts';
import type { SearchSpec, WorkerAnswer, WorkerTask } from './messages.ts';
import { type Search, searchLines } from './search-lines.ts';

let compiled: { readonly id: number; readonly search: Search } | undefined;

function linesOf(slab: SharedSlab): Lines {
  let text: Buffer | undefined;
  return {
    rows: slab.rows,
    columns: columnsIn(slab.memory, slab.capacity),
    text: () => (text ??= textOf(slab)),
  };
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
      indexIds(linesOf(task.slab), 0);
      return { job, kind: 'done' };
    case 'seal':
      return { job, kind: 'sealed', slab: sealed(task.slab) };
    case 'search':
      return { job, kind: 'rows', rows: searchLines(linesOf(task.slab), searchOf(task.spec), task.range) };
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
