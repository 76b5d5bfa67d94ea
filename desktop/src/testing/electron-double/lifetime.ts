const tasks: (() => Promise<void>)[] = [];

/** Something to be closed before the double ends, such as its browser. */
export function beforeExit(task: () => Promise<void>): void {
  tasks.push(task);
}

const longestMs = 5_000;
let closing: Promise<unknown> | undefined;

/** Runs what was registered, last first; neither failures nor what hangs keep the process from ending. */
export function onExit(): Promise<unknown> {
  // Several things may end the process at once; all of them wait for the same closing.
  closing ??= Promise.race([closeAll(), new Promise((resolve) => setTimeout(resolve, longestMs))]);
  return closing;
}

/** True once the double has begun to end. */
export function isEnding(): boolean {
  return closing !== undefined;
}

async function closeAll(): Promise<void> {
  for (const task of tasks.splice(0).reverse()) {
    try {
      await task();
    } catch {
      // The process ends anyway, and what could not be closed goes with it.
    }
  }
}
