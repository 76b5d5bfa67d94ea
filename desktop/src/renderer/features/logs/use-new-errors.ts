import { useEffect, useRef, useState } from 'react';
import type { LogNewErrors } from '#contract/index.ts';
import type { LogsStore } from '#state/index.ts';

const pauseMs = 5000;

/** Kinds of error that came with what runs now; asked for anew when more errors are held, but seldom. */
export function useNewErrors(store: LogsStore, environment: string, errors: number): LogNewErrors | undefined {
  const [told, setTold] = useState<{ of: string; found: LogNewErrors }>();
  const last = useRef({ of: '', at: 0 });
  useEffect(() => {
    if (errors === 0) return undefined;
    let over = false;
    const ask = async () => {
      last.current = { of: environment, at: Date.now() };
      const answer = await store.getState().newErrors(environment);
      if (!over && 'found' in answer) setTold({ of: environment, found: answer.found });
    };
    const wait = last.current.of === environment ? Math.max(0, last.current.at + pauseMs - Date.now()) : 0;
    const timer = setTimeout(() => {
      void ask();
    }, wait);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [store, environment, errors]);
  return errors > 0 && told?.of === environment ? told.found : undefined;
}
