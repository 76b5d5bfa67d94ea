import { createHash } from 'node:crypto';

/** Stands for a file that is not there. */
export const absent = 'absent';

/** Stands for the content of a file. */
export function revisionOf(content: Buffer | undefined): string {
  return content === undefined ? absent : createHash('sha256').update(content).digest('hex').slice(0, 32);
}
