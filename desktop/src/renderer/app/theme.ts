import { defaultSettings, settings } from '#contract/index.ts';
import type { Stores } from '#state/index.ts';

const key = 'quayside.theme';

/** The theme of the last time, so that the first paint has its colours before the core has told. A browser can forbid to look. */
export function rememberedTheme() {
  try {
    return settings.shape.theme.safeParse(localStorage.getItem(key)).data ?? defaultSettings.theme;
  } catch {
    return defaultSettings.theme;
  }
}

function remember(theme: string): void {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // The core keeps it; only the first paint guesses.
  }
}

/** Shows the page in the theme that was chosen, now and whenever it changes. */
export function followTheme({ preferences }: Pick<Stores, 'preferences'>, root: HTMLElement): void {
  const apply = () => {
    const { theme, known } = preferences.getState();
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
    if (known) remember(theme);
  };
  apply();
  preferences.subscribe(apply);
}
