import { setTimeout as sleep } from 'node:timers/promises';
import type { OtherProject } from '#contract/index.ts';
import { createBell } from '#kit/bell.ts';
import type { FeedItem } from './docker/index.ts';
import { every, reach } from './engine-state.ts';
import type { EngineLink } from './link.ts';
import type { LabelledProject } from './stack/index.ts';

/** How long events are gathered before the projects are listed anew. */
const coalesceMs = 500;
/** How often it is tried again to tell which engine is meant. */
const retryMs = 2000;
const prefix = 'engine:';
/** What changes the list or its counts. */
const telling = new Set(['create', 'destroy', 'start', 'die']);

/** The id under which a project that was started elsewhere stands for an environment. */
export const idOfOther = (project: string): string => prefix + project;

/** The project behind such an id. */
export const otherOf = (id: string): string | undefined =>
  id.startsWith(prefix) ? id.slice(prefix.length) : undefined;

export function describeOther({ name, directory, files, containers, running }: LabelledProject): OtherProject {
  const started = directory === undefined ? {} : { directory };
  return { id: idOfOther(name), project: name, ...started, files: [...files], containers, running };
}

/** Yields the projects now and whenever one comes, goes, starts or stops; nothing while the engine cannot be asked. */
export async function* watchOtherProjects(
  list: () => Promise<OtherProject[]>,
  link: () => Promise<EngineLink>,
  signal: AbortSignal,
): AsyncGenerator<OtherProject[]> {
  const bell = createBell();
  let end = (): void => undefined;
  let told = '';
  try {
    while (!signal.aborted) {
      const reached = await reach(link);
      end();
      end =
        'watch' in reached
          ? reached.watch().onItem((item) => {
              if (tells(item)) bell.ring();
            })
          : every(retryMs, bell.ring);
      const found = await list().catch(() => undefined);
      const text = JSON.stringify(found);
      if (found !== undefined && text !== told) yield found;
      if (found !== undefined) told = text;
      await bell.next(signal);
      await sleep(coalesceMs, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    end();
  }
}

/** Whether the list or its counts may have changed. */
const tells = (item: FeedItem): boolean =>
  item.kind === 'resync' ||
  (item.kind === 'event' && item.event.type === 'container' && telling.has(item.event.action));
