import { useEffect, useState } from 'react';

/** The present time in milliseconds, told anew every `everyMs` (a second) while `running`. */
export function useNow(running: boolean, everyMs = 1000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => {
      setNow(Date.now());
    }, everyMs);
    return () => {
      clearInterval(timer);
    };
  }, [running, everyMs]);
  return now;
}
