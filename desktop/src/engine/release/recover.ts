import { QuaysideError, type Verification } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { acquireLock } from './lock.ts';
import type { Story } from './records/entries.ts';
import { decodeModel } from './records/model-codec.ts';
import { type Course, giveBackNow, settle } from './sequence.ts';
import type { ReleaseDeps } from './types.ts';

/** What was done about a release that had been cut off. */
export interface Recovered {
  readonly version: string;
  readonly sentence: string;
}

/**
 * A release that was begun and never ended: its process or the engine died. One that was proved is finished; any other is
 * undone. Does nothing while the process that carries it out is alive.
 */
export async function recover(
  deps: ReleaseDeps,
  project: string,
  emit: Course['emit'],
): Promise<Recovered | undefined> {
  const store = await deps.store(project);
  const open = openStory((await store.read()).stories);
  if (!open) return undefined;
  const lock = await acquireLock(deps.gateway, {
    project,
    operation: open.record.id,
    why: say`finishing ${open.record.version}, which was cut off`,
    breakStale: true,
  });
  try {
    // Another may have done it while the lock was waited for.
    const story = openStory((await store.read()).stories);
    if (!story) return undefined;
    const { record } = story;
    const model = decodeModel(await deps.seal.open(record.model));
    const signal = new AbortController().signal;
    const course: Course = { deps, store, record, model, emit, signal, window: 0 };
    return { version: record.version, sentence: await finish(course, story.commit?.verification) };
  } finally {
    await lock.release();
  }
}

/** The release that is still open, if there is one. */
export function openStory(stories: readonly Story[]): Story | undefined {
  return stories.findLast(({ end, record }) => end === undefined && record.cause !== 'first');
}

async function finish(course: Course, proof: Verification | undefined): Promise<string> {
  const { record, store } = course;
  if (proof) {
    await settle(course, proof);
    return say`The release of ${record.version} had been proved and was cut off while tidying up; it is finished now.`;
  }
  const at = new Date().toISOString();
  try {
    // What was ready before the crash is not known: healthy has to do.
    await giveBackNow(course, { has: () => true });
  } catch (error) {
    if (error instanceof QuaysideError && error.code.startsWith('ENGINE_')) throw error;
    const summary = say`It was cut off, and what ran before could not be brought back: ${String(error instanceof Error ? error.message : error)}`;
    await store.append({ type: 'end', id: record.id, at, outcome: 'unrestored', summary });
    return summary;
  }
  const summary = say`It was cut off before it was proved. What ran before runs again.`;
  await store.append({ type: 'end', id: record.id, at, outcome: 'restored', summary });
  return say`The release of ${record.version} was cut off before it was proved. What ran before runs again.`;
}
