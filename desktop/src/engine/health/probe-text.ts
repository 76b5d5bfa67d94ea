import type { ContainerDetail, ProbeRecord } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';

const MAX_TEXT = 120;

/** `exec: "curl": executable file not found`, `/bin/sh: 1: curl: not found`, `stat /app/check: no such file`. */
const missing = [
  /exec: "([^"]+)": (?:executable file not found|stat [^:]+: no such file or directory|permission denied)/,
  /(?:^|\n)\S*sh: (?:\d+: |line \d+: )?([^\s:]+): (?:command )?not found/,
];

/** Name of the command that the image does not have, where the probe failed for that. */
function missingCommand({ exitCode, output }: ProbeRecord): string | undefined {
  if (exitCode === 0) return undefined;
  for (const pattern of missing) {
    const name = pattern.exec(output)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

const plainWords: readonly [RegExp, string][] = [
  [/connection refused|ECONNREFUSED/i, say`connection refused`],
  [/could not resolve host|ENOTFOUND|bad address|name or service not known/i, say`host name not found`],
  [/connection reset|ECONNRESET/i, say`connection reset`],
];

/** Why a probe failed, in a few words: the well-known reasons by name, else the last line that the command printed. */
export function probeFailure(probe: ProbeRecord): string {
  const command = missingCommand(probe);
  if (command !== undefined) return say`the health command does not exist in this image: ${command}`;
  const timeout = /Health check exceeded timeout \(([^)]+)\)/.exec(probe.output)?.[1];
  if (timeout !== undefined) return say`no answer within ${timeout}`;
  const known = plainWords.find(([pattern]) => pattern.test(probe.output))?.[1];
  if (known !== undefined) return known;
  const lines = probe.output.split(/[\r\n]+/).map((line) => line.trim());
  const last = lines.findLast((line) => line !== '');
  if (last === undefined) return say`exit code ${probe.exitCode}`;
  return last.length > MAX_TEXT ? `${last.slice(0, MAX_TEXT)}…` : last;
}

/** The newest probe if it failed. */
export function lastFailure({ probes }: ContainerDetail): ProbeRecord | undefined {
  const last = probes.at(-1);
  return last === undefined || last.exitCode === 0 ? undefined : last;
}

/** How far the health checks of a starting container are: "starting, probe 2 of 5: connection refused". */
export function startingReason(detail: ContainerDetail): string {
  const failure = lastFailure(detail);
  if (failure === undefined) return say`starting, ${say`waits for its first probe`}`;
  const why = probeFailure(failure);
  if (detail.failingStreak === 0 || detail.healthRetries === undefined)
    return say`starting, ${say`not ready yet: ${why}`}`;
  return say`starting, ${say`probe ${detail.failingStreak} of ${detail.healthRetries}: ${why}`}`;
}

/** "unhealthy: 3 probes failed in a row: connection refused". */
export function unhealthyReason(detail: ContainerDetail): string {
  const failure = lastFailure(detail);
  const why = failure === undefined ? '' : `: ${probeFailure(failure)}`;
  const count = Math.max(detail.failingStreak, 1);
  return count === 1
    ? say`unhealthy: 1 probe failed in a row${why}`
    : say`unhealthy: ${count} probes failed in a row${why}`;
}
