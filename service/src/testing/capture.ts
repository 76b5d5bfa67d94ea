/** Collects what a logger writes, one entry per write. */
export function captureLines() {
  const lines: string[] = [];
  return { lines, write: (line: string) => void lines.push(line) };
}
