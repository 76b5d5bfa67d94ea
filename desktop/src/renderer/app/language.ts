import type { Stores } from '#state/index.ts';
import { isLanguage, type Language, language, preferredLanguage, speak } from '#words/index.ts';

const key = 'quayside.language';

/** The language of the last time, so that the first paint speaks it before the core has told. A browser can forbid to look. */
export function rememberedLanguage(): Language | 'system' {
  try {
    const kept = localStorage.getItem(key);
    return isLanguage(kept) ? kept : 'system';
  } catch {
    return 'system';
  }
}

function remember(chosen: string): void {
  try {
    localStorage.setItem(key, chosen);
  } catch {
    // The core keeps it; only the first paint guesses.
  }
}

/** The language that the page is to speak, where this one was chosen. */
export function languageFor(chosen: Language | 'system'): Language {
  return chosen === 'system' ? preferredLanguage(navigator.languages) : chosen;
}

/**
 * Has the page speak the language that was chosen, now and whenever it changes. `draw` is called once, when the first words are
 * there; what is drawn then follows by itself, so that nothing is lost which somebody has begun to fill in. `wordless` is called
 * where no words can be fetched to begin with.
 */
export function followLanguage(
  { preferences }: Pick<Stores, 'preferences'>,
  root: HTMLElement,
  draw: () => void,
  wordless: () => void,
): void {
  let drawn = false;
  let asked: Language | undefined;
  const begin = () => {
    root.lang = language();
    if (!drawn) draw();
    drawn = true;
  };
  // One after the other: the words of a language may have to be fetched, and the last choice holds.
  let turn = Promise.resolve();
  const apply = () => {
    const { language: chosen, known } = preferences.getState();
    if (known) remember(chosen);
    const wanted = languageFor(chosen);
    if (wanted === asked) return;
    asked = wanted;
    turn = turn.then(() => speak(wanted)).then(begin, wordless);
  };
  apply();
  preferences.subscribe(apply);
  window.addEventListener('languagechange', apply);
}
