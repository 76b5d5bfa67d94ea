/** What the double tells the test that started it. */
export type DoubleReport =
  | { readonly kind: 'window'; readonly endpoint: string }
  | { readonly kind: 'call'; readonly api: string; readonly args: readonly unknown[] }
  | { readonly kind: 'problem'; readonly message: string };

/** What the test may ask of the double. */
export type DoubleRequest =
  | { readonly kind: 'close-window' }
  | { readonly kind: 'crash-engine' }
  /** Somebody chooses an item: of the app's menu, or of the icon's in the system's bar. */
  | { readonly kind: 'choose'; readonly of: 'menu' | 'tray'; readonly path: readonly string[] }
  /** The app is started once more with these arguments, which the first one is told of. */
  | { readonly kind: 'start-again'; readonly args: readonly string[] };

/** Something went wrong that no part of the app answers for: the run has to fail. */
export function reportProblem(message: string): void {
  process.stderr.write(`electron double: ${message}\n`);
  report({ kind: 'problem', message });
}

/** Notes what the app asked of the desktop, such as opening a link. */
export function reportCall(api: string, ...args: unknown[]): void {
  report({ kind: 'call', api, args });
}

export function report(message: DoubleReport): void {
  // A test that has ended takes no more reports; sending then would itself be an error.
  if (process.connected) process.send?.(message);
}

/** Calls back on each request of the test; `onGone` when the test has ended. */
export function onRequest(listener: (request: DoubleRequest) => void, onGone: () => void): void {
  process.on('message', (message) => {
    listener(message as DoubleRequest);
  });
  process.on('disconnect', onGone);
}
