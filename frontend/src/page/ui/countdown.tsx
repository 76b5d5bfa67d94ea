import { useEffect, useState } from 'react';

const secondsUntil = (until: number) => Math.max(0, Math.ceil((until - Date.now()) / 1000));

function inWords(seconds: number): string {
  if (seconds > 90) return `in ${Math.ceil(seconds / 60)} minutes`;
  return seconds === 1 ? 'in 1 second' : `in ${seconds} seconds`;
}

/** Counts down to when a question is asked again. */
export function Countdown({ until }: { readonly until: number }) {
  const [seconds, setSeconds] = useState(() => secondsUntil(until));
  useEffect(() => {
    const timer = setInterval(() => {
      setSeconds(secondsUntil(until));
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, [until]);
  return <>We ask your question again {inWords(seconds)}.</>;
}
