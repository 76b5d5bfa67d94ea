import { useEffect, useState } from 'react';
import type { Problem } from '#contract/index.ts';

const debounceMs = 150;

/**
 * Holds what is being typed until the typist pauses. A text that cannot be searched for is not passed on: what was found last
 * stays, and `problem` says why.
 */
export function useDraft(
  settled: string,
  check: (draft: string) => Promise<Problem | undefined>,
  onSettle: (draft: string) => void,
) {
  const [draft, setDraft] = useState(settled);
  const [seen, setSeen] = useState(settled);
  /** What was passed on last: when it comes back, more may have been typed. */
  const [sent, setSent] = useState(settled);
  const [problem, setProblem] = useState<Problem>();
  if (settled !== seen) {
    setSeen(settled);
    if (settled !== sent) {
      setSent(settled);
      setDraft(settled);
      setProblem(undefined);
    }
  }
  useEffect(() => {
    let over = false;
    const settle = async () => {
      const found = draft === settled ? undefined : await check(draft);
      if (over) return;
      setProblem(found);
      if (found === undefined && draft !== settled) {
        setSent(draft);
        onSettle(draft);
      }
    };
    const timer = setTimeout(() => {
      void settle();
    }, debounceMs);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [draft, settled, check, onSettle]);
  return { draft, setDraft, problem, setProblem };
}
