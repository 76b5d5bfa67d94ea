/** A figure at a time; without one where it is not known or where there was nothing. */
export interface SparkPoint {
  at: number;
  value: number | undefined;
}

export const sparkWidth = 100;
export const sparkHeight = 22;
/** Room for half the width of the line, and above it, so that a line at its highest does not run into the one above. */
const below = 2;
const above = 6;

/**
 * The lines through known figures, each as the points of an SVG polyline: one ends and the next begins where figures are
 * missing. `from` and `to` are the times at the edges, `top` is what reaches the upper one.
 */
export function sparkLines(points: readonly SparkPoint[], from: number, to: number, top: number): string[] {
  const place = (at: number, value: number): string => {
    const x = to > from ? ((at - from) / (to - from)) * sparkWidth : 0;
    return `${x.toFixed(1)},${(sparkHeight - below - (value / top) * (sparkHeight - above - below)).toFixed(1)}`;
  };
  const lines: string[][] = [[]];
  for (const { at, value } of points) {
    if (value === undefined) lines.push([]);
    else if (at >= from && at <= to) lines.at(-1)?.push(place(at, value));
  }
  // A line of one point is drawn as a dot, by going nowhere.
  return lines.flatMap((line) =>
    line.length === 0 ? [] : [(line.length === 1 ? [...line, ...line] : line).join(' ')],
  );
}
