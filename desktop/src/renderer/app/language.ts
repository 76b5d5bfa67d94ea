import { defaultSettings, settings } from '#contract/index.ts';
import type { Stores } from '#state/index.ts';
import { type Language, language, preferredLanguage, speak } from '#words/index.ts';

const key = 'quayside.language';

/** The language of the last time, so that the first paint speaks it before the core has told. A browser can forbid to look. */
export function rememberedLanguage() {
  try {
    return settings.shape.language.safeParse(localStorage.getItem(key)).data ?? defaultSettings.language;
  } catch {
    return defaultSettings.language;
  }
}

function remember(chosen: string): void {
  try {
    localStorage.setItem(key, chosen);
  } catch {
    // The core keeps it; only the first paint guesses.
  }
}

/**
 * Has the page speak the language that was chosen, now and whenever it changes. `draw` is called once, when the first words are
 * there; what is drawn then follows by itself, so that nothing is lost which somebody has begun to fill in.
 */
export function followLanguage(
  { preferences }: Pick<Stores, 'preferences'>,
  root: HTMLElement,
  draw: () => void,
): void {
  let drawn = false;
  let asked: Language | undefined;
  // One after the other: the words of a language may have to be fetched, and the last choice holds.
  let turn = Promise.resolve();
  const apply = () => {
    const { language: chosen, known } = preferences.getState();
    if (known) remember(chosen);
    const wanted = chosen === 'system' ? preferredLanguage(navigator.languages) : chosen;
    if (wanted === asked) return;
    asked = wanted;
    turn = turn
      .then(() => speak(wanted))
      .catch(() => {
        // Its words cannot be fetched: the page goes on in the language that it speaks.
      })
      .then(() => {
        root.lang = language();
        if (!drawn) draw();
        drawn = true;
      });
  };
  apply();
  preferences.subscribe(apply);
  window.addEventListener('languagechange', apply);
}
