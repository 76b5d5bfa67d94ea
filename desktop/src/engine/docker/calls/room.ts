import { statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import { json, type Transport } from '../transport.ts';
import { engineStorage } from './shapes.ts';

/**
 * Bytes that are free where the engine keeps its images. No call of the engine tells; it can be seen where the engine runs on
 * this machine and outside of any virtual one. Undefined elsewhere.
 */
export async function freeRoom(transport: Transport, url: string, deadlineMs: number): Promise<number | undefined> {
  if (!url.startsWith('unix:')) return undefined;
  const told = await json(transport, engineStorage, { method: 'GET', path: '/info', deadlineMs });
  const elsewhere = told.Name !== hostname() || told.OperatingSystem.startsWith('Docker Desktop');
  // Images of containerd lie under a root of its own.
  const others = told.DriverStatus.flat().some((word) => word.startsWith('io.containerd'));
  if (elsewhere || others) return undefined;
  try {
    const { bavail, bsize } = await statfs(told.DockerRootDir);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
