/** A timer this late means that the whole process stood still. */
const stalledMs = 20;

/**
 * Calls `expired` after `ms`; returns what calls it off. Time in which this process itself stood still is given on top: an
 * answer may have come meanwhile and only wait to be read.
 */
export function startDeadline(ms: number, expired: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const arm = (left: number): void => {
    const due = performance.now() + left;
    timer = setTimeout(() => {
      const late = performance.now() - due;
      if (late > stalledMs) arm(late);
      else expired();
    }, left);
  };
  if (Number.isFinite(ms)) arm(ms);
  return () => {
    clearTimeout(timer);
  };
}
