/** Tells whether something was done within the last while. */
export interface ActivityTimer {
  readonly active: boolean;
  /** Something was done. Cheap: may be called for each move of a pointer. */
  readonly touch: () => void;
  readonly end: () => void;
}

/** Begins active; calls `onChange` when that ends, `idleMs` after the last touch, and when it begins again. */
export function createActivityTimer(idleMs: number, onChange: () => void): ActivityTimer {
  let last = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const check = (): void => {
    const left = last + idleMs - Date.now();
    timer = left > 0 ? setTimeout(check, left) : undefined;
    if (timer === undefined) onChange();
  };
  timer = setTimeout(check, idleMs);
  return {
    get active() {
      return timer !== undefined;
    },
    touch() {
      last = Date.now();
      if (timer !== undefined) return;
      timer = setTimeout(check, idleMs);
      onChange();
    },
    end() {
      clearTimeout(timer);
    },
  };
}
