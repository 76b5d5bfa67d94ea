import { createHash } from 'node:crypto';

/** Stands before the first entry. */
const origin = '0'.repeat(64);

/** Where a chain has got to. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

export const emptyChain: ChainHead = { seq: 0, hash: origin };

/** One line of the log: the entry as text, and a hash over it and the hash of the line before. */
export interface Link {
  readonly seq: number;
  readonly hash: string;
  readonly entry: unknown;
}

export const hashOf = (before: string, data: string): string =>
  createHash('sha256').update(before).update('\n').update(data).digest('hex');

/** The next line of a chain. */
export function encodeLink(head: ChainHead, entry: object): { line: string; head: ChainHead } {
  const seq = head.seq + 1;
  const data = JSON.stringify({ ...entry, seq });
  const hash = hashOf(head.hash, data);
  return { line: `${JSON.stringify({ v: 1, seq, hash, data })}\n`, head: { seq, hash } };
}

/** What a line holds; undefined where it is not one. Whether it is in its place shows only behind the line before. */
export function decodeLink(line: string): (Link & { readonly data: string }) | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!isLine(value)) return undefined;
    return { seq: value.seq, hash: value.hash, data: value.data, entry: JSON.parse(value.data) };
  } catch {
    return undefined;
  }
}

function isLine(value: unknown): value is { seq: number; hash: string; data: string } {
  if (typeof value !== 'object' || value === null) return false;
  const { v, seq, hash, data } = value as Record<string, unknown>;
  return v === 1 && typeof seq === 'number' && typeof hash === 'string' && typeof data === 'string';
}
