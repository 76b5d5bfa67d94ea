import { useSyncExternalStore } from 'react';

function onChange(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => {
    document.removeEventListener('visibilitychange', listener);
  };
}

const isVisible = (): boolean => document.visibilityState === 'visible';

/** True while the page is in sight: not in a tab behind another, not in a minimised window. */
export function useVisible(): boolean {
  return useSyncExternalStore(onChange, isVisible);
}
