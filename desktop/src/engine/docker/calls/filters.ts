import type { ListFilter } from '../types.ts';

/** A list filter as the engine's `filters` query value; undefined where nothing is filtered. */
export function encodeFilter({ label = [] }: ListFilter): string | undefined {
  return label.length === 0 ? undefined : JSON.stringify({ label });
}

/** One name or id as one segment of a path. */
export function segment(id: string): string {
  return encodeURIComponent(id);
}
