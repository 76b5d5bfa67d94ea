import { useSyncExternalStore } from 'react';

let known: MediaQueryList | undefined;
/** As in log-list.module.css. */
const narrow = () => (known ??= matchMedia('(max-width: 700px)'));

function subscribe(changed: () => void): () => void {
  narrow().addEventListener('change', changed);
  return () => {
    narrow().removeEventListener('change', changed);
  };
}

/** True where rows have little room. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => narrow().matches,
    () => false,
  );
}
