import { statfs } from 'node:fs/promises';
import type { Finding } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { answeringEngine, type Check, type PreflightInput } from '../check.ts';

const GIB = 1024 ** 3;
const SCARCE = 5 * GIB;
const SHORT = GIB;

async function free(path: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

async function inspect(input: PreflightInput): Promise<Finding[]> {
  const gateway = await answeringEngine(input);
  const [engine, project] = await Promise.all([
    gateway?.freeRoom().catch(() => undefined),
    // Where the disk of the engine cannot be seen, the disk of the project is at least something.
    free(input.directory),
  ]);
  const bytes = Math.min(engine ?? Infinity, project ?? Infinity);
  return Number.isFinite(bytes) ? [roomFinding(bytes)] : [];
}

/** Whether that many free bytes are enough for images and logs. */
export function roomFinding(bytes: number): Finding {
  const title = say`${(bytes / GIB).toFixed(1)} GB of disk space are free`;
  if (bytes >= SCARCE) return { check: 'disk', severity: 'ok', title };
  return {
    check: 'disk',
    severity: bytes < SHORT ? 'warning' : 'note',
    title: say`Only ${title}`,
    why: say`Building and pulling images takes space; on a full disk containers also lose their logs.`,
    remedy: say`Remove images that are no longer used.`,
    repairs: [{ kind: 'command', label: say`Remove images that nothing uses`, command: 'docker image prune' }],
    details: { bytes },
  };
}

/** There is room for images. */
export const diskCheck: Check = { name: 'disk', run: inspect };
