import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ActivityCheck, ActivityEntry, ActivityPage, Problem } from '#contract/index.ts';
import { type Core, problemFrom } from './core.ts';
import { type Feed, follow } from './follow.ts';

export interface ActivitySlice {
  /** Newest first; absent until they were first told. */
  entries?: readonly ActivityEntry[] | undefined;
  /** There are older ones than those. */
  more: boolean;
  problem?: Problem | undefined;
  /** What the last look at the whole log found. */
  check?: ActivityCheck | undefined;
  checking: boolean;
  /** Follows the log, of one project or of all, until the returned function is called. */
  watch: (project: string | undefined) => () => void;
  /** Reads the next older entries. */
  older: () => Promise<void>;
  verify: () => Promise<void>;
  /** Every entry, newest first. */
  all: () => Promise<ActivityEntry[]>;
}

const pageSize = 200;

/** What was done from this account. */
export function createActivityStore(core: Core): StoreApi<ActivitySlice> {
  let about: About = {};
  return createStore<ActivitySlice>((set, get) => ({
    more: false,
    checking: false,
    watch(project) {
      about = project === undefined ? {} : { project };
      const life = new AbortController();
      void follow(core, feed(core, about, set, get), life.signal);
      return () => {
        life.abort();
        set({ entries: undefined, more: false });
      };
    },
    async older() {
      const before = get().entries?.at(-1)?.seq;
      if (before === undefined) return;
      const page = await core.client.activity.list({ ...about, before, limit: pageSize });
      set(({ entries = [] }) => ({ entries: [...entries, ...page.entries], more: page.more }));
    },
    async verify() {
      set({ checking: true });
      try {
        set({ check: await core.client.activity.verify(), problem: undefined });
      } catch (error) {
        set({ problem: problemFrom(core, error) });
      } finally {
        set({ checking: false });
      }
    },
    all: () => readAll(core, about),
  }));
}

interface About {
  project?: string;
}

type Store = StoreApi<ActivitySlice>;

/** The newest entries as they change; older ones that were asked for stay behind them. */
function feed(core: Core, about: About, set: Store['setState'], get: Store['getState']): Feed<ActivityPage> {
  return {
    open: (signal) => core.client.activity.watch({ ...about, limit: pageSize }, { signal }),
    onItem(page) {
      const oldest = page.entries.at(-1)?.seq ?? 0;
      const older = (get().entries ?? []).filter(({ seq }) => seq < oldest);
      const more = older.length === 0 ? page.more : get().more;
      set({ entries: [...page.entries, ...older], more, problem: undefined });
      return 'more';
    },
    onProblem(problem) {
      set({ problem });
      return 'more';
    },
  };
}

async function readAll(core: Core, about: About): Promise<ActivityEntry[]> {
  const found: ActivityEntry[] = [];
  for (;;) {
    const before = found.at(-1)?.seq;
    const older = before === undefined ? {} : { before };
    const page = await core.client.activity.list({ ...about, limit: 1000, ...older });
    found.push(...page.entries);
    if (!page.more) return found;
  }
}
