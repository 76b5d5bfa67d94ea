import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followUpdates, type UpdateSource, type UpdateState } from './updates.ts';

const sixHours = 6 * 60 * 60 * 1000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Follows a source that offers these versions, one at each look; an error is thrown. */
function follow(
  offers: readonly (string | Error | undefined)[],
  fetch: UpdateSource['fetch'] = () => Promise.resolve(),
) {
  const left = [...offers];
  const find = vi.fn(() => {
    const offer = left.shift();
    return offer instanceof Error ? Promise.reject(offer) : Promise.resolve(offer);
  });
  const fetched = vi.fn(fetch);
  const states: UpdateState[] = [];
  const install = vi.fn();
  const end = followUpdates({
    source: { find, fetch: fetched, install },
    running: '1.0.0',
    onState: (state) => states.push(state),
  });
  const laps = async (count: number) => vi.advanceTimersByTimeAsync(count * sixHours);
  return { find, fetched, install, states, end, laps };
}

test('it looks at the start and every six hours, and no more once it has ended', async () => {
  const { find, laps, end } = follow([]);
  expect(find).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(sixHours - 1);
  expect(find).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(find).toHaveBeenCalledTimes(2);
  end();
  await laps(3);
  expect(find).toHaveBeenCalledTimes(2);
});

test('what is higher is fetched once and told of; nothing installs it by itself while the app runs', async () => {
  const { fetched, install, states, laps } = follow(['1.1.0', '1.1.0', '1.2.0']);
  await laps(0);
  expect(states).toEqual([{ ready: '1.1.0', failed: false }]);
  await laps(1);
  expect(fetched).toHaveBeenCalledTimes(1);
  await laps(1);
  expect(fetched).toHaveBeenCalledTimes(2);
  expect(states.at(-1)).toEqual({ ready: '1.2.0', failed: false });
  expect(install).not.toHaveBeenCalled();
});

test.each(['1.0.0', '0.9.0', '1.1.0-beta.1', 'v1.1.0', ''])('%j is not even fetched', async (offer) => {
  const { fetched, states, laps } = follow([offer]);
  await laps(0);
  expect(fetched).not.toHaveBeenCalled();
  expect(states).toEqual([{ failed: false }]);
});

test('what is lower than an update that waits is not fetched either', async () => {
  const { fetched, states, laps } = follow(['1.2.0', '1.1.0']);
  await laps(1);
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(states.at(-1)).toEqual({ ready: '1.2.0', failed: false });
});

test('a failure is said, takes nothing away that is ready, and is over with the next look', async () => {
  const { states, laps } = follow([new Error('offline'), '1.1.0', new Error('offline'), undefined]);
  await laps(3);
  expect(states).toEqual([
    { failed: true },
    { ready: '1.1.0', failed: false },
    { ready: '1.1.0', failed: true },
    { ready: '1.1.0', failed: false },
  ]);
});

test('what could not be fetched, or is not signed by us, is not ready', async () => {
  const { states, laps } = follow(['1.1.0'], () => Promise.reject(new Error('not signed by the application owner')));
  await laps(0);
  expect(states).toEqual([{ failed: true }]);
});

test('while something is fetched nobody looks again', async () => {
  const { find, laps } = follow(['1.1.0'], () => new Promise<void>(() => undefined));
  await laps(2);
  expect(find).toHaveBeenCalledTimes(1);
});
