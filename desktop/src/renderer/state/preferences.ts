import { createStore, type StoreApi } from 'zustand/vanilla';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

const logClocks = ['local', 'utc'] as const;
type LogClock = (typeof logClocks)[number];

/** What the panel tells of by itself. */
export const noticeKinds = ['unhealthy', 'recovered', 'crashing', 'ended', 'locked'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What a reader has chosen for this panel alone. */
export interface Preferences {
  readonly theme: Theme;
  /** Kinds of notifications that are not wanted. */
  readonly muted: readonly NoticeKind[];
  /** Whether long log lines are wrapped where the address does not say. */
  readonly wrapLogs: boolean;
  readonly logClock: LogClock;
  /** Whether the tour was gone through or put away. */
  readonly toured: boolean;
}

export const defaultPreferences: Preferences = {
  theme: 'system',
  muted: [],
  wrapLogs: false,
  logClock: 'local',
  toured: false,
};

export interface PreferencesSlice extends Preferences {
  change: (next: Partial<Preferences>) => void;
}

/** Where preferences are kept. Both may throw: a browser can forbid it, or have no room. */
export interface PreferencesPlace {
  read: () => string | null;
  write: (text: string) => void;
  /** Tells when another window has written. */
  onWritten: (listener: (text: string | null) => void) => void;
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T | undefined {
  return known.find((one) => one === value);
}

function parsed(text: string | null): object {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Reads what was kept; whatever is not understood is as if it had never been chosen. */
export function readPreferences(text: string | null): Preferences {
  const kept: Partial<Record<keyof Preferences, unknown>> = parsed(text);
  const muted: readonly unknown[] = Array.isArray(kept.muted) ? kept.muted : [];
  const flag = (key: 'wrapLogs' | 'toured') => (typeof kept[key] === 'boolean' ? kept[key] : defaultPreferences[key]);
  return {
    theme: oneOf(themes, kept.theme) ?? defaultPreferences.theme,
    muted: noticeKinds.filter((kind) => muted.includes(kind)),
    wrapLogs: flag('wrapLogs'),
    logClock: oneOf(logClocks, kept.logClock) ?? defaultPreferences.logClock,
    toured: flag('toured'),
  };
}

function firstRead({ read }: PreferencesPlace): Preferences {
  try {
    return readPreferences(read());
  } catch {
    return defaultPreferences;
  }
}

/** The reader's choices; where they cannot be kept, they hold until the page is left. */
export function createPreferencesStore(place: PreferencesPlace): StoreApi<PreferencesSlice> {
  const store = createStore<PreferencesSlice>((set, get) => ({
    ...firstRead(place),
    change(next) {
      set(next);
      const { change: _change, ...kept } = get();
      try {
        place.write(JSON.stringify(kept));
      } catch {
        // Kept nowhere: they hold in this window.
      }
    },
  }));
  place.onWritten((text) => {
    store.setState(readPreferences(text));
  });
  return store;
}
