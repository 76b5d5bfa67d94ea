import type { PreferencesPlace, Stores } from '#state/index.ts';

const key = 'quayside.preferences';

/** Preferences in the browser's storage, which is the account's own in the desktop app. */
export const keptPreferences: PreferencesPlace = {
  read: () => localStorage.getItem(key),
  write: (text) => {
    localStorage.setItem(key, text);
  },
  onWritten: (listener) => {
    window.addEventListener('storage', (event) => {
      if (event.key === key) listener(event.newValue);
    });
  },
};

/** Shows the page in the theme that was chosen, now and whenever it changes. */
export function followTheme({ preferences }: Pick<Stores, 'preferences'>, root: HTMLElement): void {
  const apply = () => {
    const { theme } = preferences.getState();
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
  };
  apply();
  preferences.subscribe(apply);
}
