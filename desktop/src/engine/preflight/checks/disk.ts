import { statfs } from 'node:fs/promises';
import type { Finding } from '#contract/index.ts';
import type { Check, PreflightInput } from '../check.ts';

const GIB = 1024 ** 3;
const SCARCE = 5 * GIB;
const SHORT = GIB;
/** Where an engine on this machine usually keeps its images; elsewhere the disk of the project is looked at. */
const ENGINE_ROOT = '/var/lib/docker';

async function free(path: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

async function inspect({ directory }: PreflightInput): Promise<Finding[]> {
  const [engine, project] = await Promise.all([free(ENGINE_ROOT), free(directory)]);
  const bytes = Math.min(engine ?? Infinity, project ?? Infinity);
  if (!Number.isFinite(bytes)) return [];
  const title = `${(bytes / GIB).toFixed(1)} GB of disk space are free`;
  if (bytes >= SCARCE) return [{ check: 'disk', severity: 'ok', title }];
  return [
    {
      check: 'disk',
      severity: bytes < SHORT ? 'warning' : 'note',
      title: `Only ${title}`,
      why: 'Building and pulling images takes space; on a full disk containers also lose their logs.',
      remedy: 'Remove images that are no longer used: docker image prune.',
      details: { bytes },
    },
  ];
}

/** There is room for images. */
export const diskCheck: Check = { name: 'disk', run: inspect };
