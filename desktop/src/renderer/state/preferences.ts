import { createStore, type StoreApi } from 'zustand/vanilla';
import { defaultSettings, type Problem, type Settings, type SettingsChange } from '#contract/index.ts';
import { type Core, problemFrom } from './core.ts';
import { follow } from './follow.ts';

export interface PreferencesSlice extends Settings {
  /** Whether the core has told what was chosen; until then the rest is a guess. */
  readonly known: boolean;
  /** Why what was kept is not in use. */
  readonly unread?: Problem | undefined;
  /** Why the last choice is not kept; it holds in this window. */
  readonly unkept?: Problem | undefined;
  /** Holds at once, and is kept by the core. */
  readonly change: (next: SettingsChange) => Promise<void>;
  /** Follows what was chosen, here or in another window, until the returned function is called. */
  readonly watch: () => () => void;
}

type Guess = Partial<Pick<Settings, 'theme' | 'language'>>;
const connectMs = 30_000;

/** What was chosen for the panel. `guess`: what to begin with, before the core has told. */
export function createPreferencesStore(core: Core, guess: Guess = {}): StoreApi<PreferencesSlice> {
  /** Choices that the core has not answered yet: what it tells meanwhile is older than they are. */
  let underWay = 0;
  return createStore<PreferencesSlice>((set) => ({
    ...defaultSettings,
    ...guess,
    known: false,
    async change(next) {
      set(next);
      underWay += 1;
      try {
        await core.connected(AbortSignal.timeout(connectMs));
        const { settings, problem } = await core.client.settings.set(next);
        set({ ...(underWay === 1 ? settings : {}), known: true, unread: problem, unkept: undefined });
      } catch (error) {
        set({ unkept: problemFrom(core, error) });
      } finally {
        underWay -= 1;
      }
    },
    watch() {
      const life = new AbortController();
      void follow(
        core,
        {
          open: (signal) => core.client.settings.watch(undefined, { signal }),
          onItem({ settings, problem }) {
            set({ ...(underWay === 0 ? settings : {}), known: true, unread: problem });
            return 'more';
          },
          onProblem(problem) {
            set({ known: true, unread: problem });
            return 'more';
          },
        },
        life.signal,
      );
      return () => {
        life.abort();
      };
    },
  }));
}
