import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type EngineChild, restartPause, superviseEngine } from './engine-supervisor.ts';

/** A process that does what the test says. */
class Child implements EngineChild<string> {
  readonly connected: string[] = [];
  stops = 0;
  kills = 0;
  exit: () => void = () => undefined;

  connect(port: string): void {
    this.connected.push(port);
  }

  stop(): void {
    this.stops += 1;
  }

  kill(): void {
    this.kills += 1;
    this.exit();
  }

  onExit(listener: () => void): void {
    this.exit = listener;
  }
}

function supervised() {
  const children: Child[] = [];
  const discarded: string[] = [];
  const supervisor = superviseEngine<string>({
    spawn() {
      const child = new Child();
      children.push(child);
      return child;
    },
    discard: (port) => discarded.push(port),
    now: () => Date.now(),
  });
  const last = (): Child => {
    const child = children.at(-1);
    if (!child) throw new Error('nothing was started');
    return child;
  };
  return { supervisor, children, discarded, last };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('a port goes to the process; one that comes while there is none goes to the next', () => {
  const { supervisor, children, last } = supervised();
  supervisor.connect('first');
  expect(last().connected).toEqual(['first']);
  last().exit();
  supervisor.connect('second');
  vi.advanceTimersByTime(restartPause(1));
  expect(children).toHaveLength(2);
  expect(last().connected).toEqual(['second']);
});

test('pauses grow while it keeps crashing, and start over after it was steady', () => {
  const { children, last } = supervised();
  for (const pause of [250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]) {
    const before = children.length;
    last().exit();
    vi.advanceTimersByTime(pause - 1);
    expect(children).toHaveLength(before);
    vi.advanceTimersByTime(1);
    expect(children).toHaveLength(before + 1);
  }
  vi.advanceTimersByTime(30_000);
  const before = children.length;
  last().exit();
  vi.advanceTimersByTime(250);
  expect(children).toHaveLength(before + 1);
});

test('only so many ports wait; the rest is closed', () => {
  const { supervisor, discarded, last } = supervised();
  last().exit();
  for (let count = 0; count < 20; count += 1) supervisor.connect(`port-${count}`);
  expect(discarded).toEqual(['port-16', 'port-17', 'port-18', 'port-19']);
});

test('stopping asks first and starts nothing again', async () => {
  const { supervisor, children, discarded, last } = supervised();
  const stopped = supervisor.stop();
  expect([last().stops, last().kills]).toEqual([1, 0]);
  last().exit();
  await stopped;
  vi.advanceTimersByTime(60_000);
  expect(children).toHaveLength(1);
  supervisor.connect('late');
  expect(discarded).toEqual(['late']);
  expect(last().kills).toBe(0);
});

test('a process that does not stop is ended after three seconds', async () => {
  const { supervisor, last } = supervised();
  const stopped = supervisor.stop();
  vi.advanceTimersByTime(2_999);
  expect(last().kills).toBe(0);
  vi.advanceTimersByTime(1);
  expect(last().kills).toBe(1);
  await stopped;
});

test('stopping between two processes keeps the next from starting', async () => {
  const { supervisor, children, last } = supervised();
  last().exit();
  await supervisor.stop();
  vi.advanceTimersByTime(60_000);
  expect(children).toHaveLength(1);
});
