/** Progress goes to standard error, because standard output belongs to results. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Seconds since `start` (milliseconds of `performance.now()`), as text. */
export const secondsSince = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/**
 * Runs one step and prints one line with the seconds it took. What `body` returns as `note` is added to the line.
 * A step that is `quiet` prints nothing when it had nothing to do (when `body` returns undefined).
 */
export async function step(label, body, { quiet = false } = {}) {
  const start = performance.now();
  try {
    const note = await body();
    if (note !== undefined || !quiet) say(`  ${label}${note ? `: ${note}` : ''} (${secondsSince(start)})`);
  } catch (error) {
    say(`  ${label}: failed (${secondsSince(start)})`);
    throw error;
  }
}
