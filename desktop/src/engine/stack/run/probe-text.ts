import type { ContainerDetail } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';

/** `probe 2 of 5: connection refused`: how far the health command got, and what it said last. */
export function probeText(container: ContainerDetail, mask: (text: string) => string): string {
  const last = container.probes.at(-1);
  if (!last) return say`first probe not run yet`;
  const tried = Math.max(1, container.failingStreak);
  const count =
    container.healthRetries === undefined
      ? say`probe ${tried}`
      : say`probe ${tried} of ${Math.max(tried, container.healthRetries)}`;
  // Masked before it is cut: a part of a secret is not known as one.
  const said = firstLine(mask(last.output));
  return said === '' ? say`${count}: exit code ${last.exitCode}` : `${count}: ${said}`;
}

function firstLine(output: string): string {
  const line =
    output
      .split('\n')
      .map((text) => text.trim())
      .find((text) => text !== '') ?? '';
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}
