import type { Language } from '#words/index.ts';
import { learnSentences } from '#words/index.ts';
import type { Core } from './core.ts';
import { follow } from './follow.ts';

/** Learns from the core what it says in a language, unless that is its own. Returns the function that breaks it off. */
export function askSentences(core: Core, language: Language): () => void {
  const life = new AbortController();
  if (language !== 'en') {
    void follow(
      core,
      {
        async open(signal) {
          return answer(await core.client.system.sentences({ language }, { signal }));
        },
        onItem(sentences) {
          learnSentences(language, sentences);
          return 'enough';
        },
        // What the core says stays in English.
        onProblem: () => 'enough',
      },
      life.signal,
    );
  }
  return () => {
    life.abort();
  };
}

async function* answer<T>(value: T): AsyncGenerator<T> {
  yield await Promise.resolve(value);
}
