import { useEffect, useState } from 'react';
import { createActivityTimer } from './activity-timer.ts';

const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'scroll', 'focus'] as const;

/** True until nobody has moved, typed or scrolled in the page for so long. */
export function useActive(idleMs: number): boolean {
  const [active, setActive] = useState(true);
  useEffect(() => {
    const timer = createActivityTimer(idleMs, () => {
      setActive(timer.active);
    });
    const options = { capture: true, passive: true };
    for (const sign of signs) window.addEventListener(sign, timer.touch, options);
    return () => {
      timer.end();
      for (const sign of signs) window.removeEventListener(sign, timer.touch, options);
    };
  }, [idleMs]);
  return active;
}
