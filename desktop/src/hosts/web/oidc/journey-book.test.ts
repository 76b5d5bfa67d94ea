import { expect, test } from 'vitest';
import { JourneyBook, journeyMs, mostJourneys } from './journey-book.ts';

const origin = 'https://panel.example';
const returned = new URL(`${origin}/sign-in/callback?code=c`);

function atTime(): { book: JourneyBook; pass: (ms: number) => void } {
  let time = 1_000;
  return {
    book: new JourneyBook(() => time),
    pass: (ms) => {
      time += ms;
    },
  };
}

test('every journey has secrets of its own, of 256 bits', () => {
  const { book } = atTime();
  const made = Array.from({ length: 20 }, () => book.begin(origin)).flatMap(({ key, proofs }) => {
    const { state, nonce, verifier } = proofs;
    return [key, state, nonce, verifier];
  });
  expect(new Set(made).size).toBe(80);
  for (const secret of made) expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
});

test('a browser is awaited for ten minutes, and what came of it is kept no longer', () => {
  const { book, pass } = atTime();
  const [early, late, kept] = [book.begin(origin), book.begin(origin), book.begin(origin)];
  pass(journeyMs - 1);
  expect(book.arrive(origin, early.proofs.state, returned)).toBe(true);
  expect(book.arrive(origin, kept.proofs.state, returned)).toBe(true);
  expect(book.take(origin, early.key)).toEqual({ returned, proofs: early.proofs });
  pass(1);
  expect(book.awaits(origin, late.proofs.state)).toBe(false);
  expect(book.arrive(origin, late.proofs.state, returned)).toBe(false);
  expect(book.take(origin, late.key)).toBeUndefined();
  expect(book.take(origin, kept.key)).toBeUndefined();
});

test('of more than two hundred the oldest is given up', () => {
  const { book } = atTime();
  const all = Array.from({ length: mostJourneys + 1 }, () => book.begin(origin));
  expect(all.map(({ proofs }) => book.awaits(origin, proofs.state))).toEqual([false, ...all.slice(1).map(() => true)]);
  expect(book.take(origin, all[0]?.key ?? '')).toBeUndefined();
  expect(book.take(origin, all[1]?.key ?? '')).toBe('away');
});

test('state and key do not stand for one another, and neither holds at another origin', () => {
  const { book } = atTime();
  const { key, proofs } = book.begin(origin);
  expect(book.awaits(origin, key)).toBe(false);
  expect(book.awaits('https://other.example', proofs.state)).toBe(false);
  expect(book.arrive('https://other.example', proofs.state, returned)).toBe(false);
  expect(book.arrive(origin, proofs.state, returned)).toBe(true);
  expect(book.arrive(origin, proofs.state, returned)).toBe(false);
  expect(book.take(origin, proofs.state)).toBeUndefined();
  expect(book.take('https://other.example', key)).toBeUndefined();
  expect(book.take(origin, key)).toEqual({ returned, proofs });
});
