import { type LogFilter, logLevels, QuaysideError } from '#contract/index.ts';
import { hashBytes } from '../parse/hash.ts';
import { correlationIdOf } from '../parse/id.ts';
import { plainText } from '../parse/text.ts';
import type { Place } from './store.ts';

export const MARKER_STREAM = 0;

/** A filter ready for use. Columns decide first; text is only looked at where they leave it open. */
export interface Matcher {
  matches(place: Place, serviceOf: (source: number) => string): boolean;
  /** Whether lines are decoded for it, which makes it slow enough to be bounded. */
  readonly readsText: boolean;
}

/** `/…/` and `/…/i` are regular expressions (case-sensitive without i), everything else is text in any case. */
function compileSearch(search: string): RegExp | undefined {
  if (search === '') return undefined;
  const [, source, flags = ''] = /^\/(.+)\/([i]?)$/.exec(search) ?? [];
  if (source === undefined) return new RegExp(search.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'i');
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw new QuaysideError('USAGE', `The search pattern is not a regular expression: ${messageOf(error)}`, {
      remedy: 'Correct the pattern between the slashes, or leave the slashes out to search for the text itself.',
      cause: error,
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Compiles a filter; throws USAGE where its pattern is broken. Marker lines pass services and levels, never a search. */
export function compileFilter(filter: LogFilter): Matcher {
  const services = filter.services.length > 0 ? new Set(filter.services) : undefined;
  const levels = filter.levels.length > 0 ? new Set(filter.levels.map((level) => logLevels.indexOf(level))) : undefined;
  const pattern = compileSearch(filter.search);
  const id =
    filter.correlationId === undefined || filter.correlationId === '' ? undefined : createIdTest(filter.correlationId);

  return {
    readsText: pattern !== undefined,
    matches({ slab, row }, serviceOf) {
      if (services !== undefined && !services.has(serviceOf(slab.source(row)))) return false;
      if (slab.stream(row) === MARKER_STREAM) return pattern === undefined && id === undefined;
      if (levels !== undefined && !levels.has(slab.level(row))) return false;
      if (id !== undefined && !id(slab.idHash(row), () => slab.text(row))) return false;
      return pattern?.test(plainText(slab.text(row))) ?? true;
    },
  };
}

function createIdTest(id: string): (hash: number, text: () => Uint8Array) => boolean {
  const raw = Buffer.from(JSON.stringify(id).slice(1, -1));
  const wanted = hashBytes(raw, 0, raw.length);
  return (hash, text) => hash === wanted && correlationIdOf(text()) === id;
}
