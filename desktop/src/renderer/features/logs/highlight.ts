import { type Sought, soughtIn } from '#kit/query-terms.ts';

/** Places in a text, from the first up to before the last character. */
export type Span = readonly [from: number, to: number];

/** Finds what is looked for in a text. */
export type Marker = (text: string) => readonly Span[];

const longText = 4096;
const mostSpans = 200;

/**
 * How much of a text a pattern is tried on. A filter may come with a link from anybody, and one that backtracks would freeze
 * the page: the core breaks such a search off, here only patterns without repetitions inside repetitions are tried.
 */
function reach(source: string): number {
  if (/\)[*+?{]|\\[1-9k]|\(\?[=!<]/.test(source)) return 0;
  const open = source.match(/[*+]|\{\d+,\}/g)?.length ?? 0;
  return open === 0 ? longText : open === 1 ? 1000 : open === 2 ? 200 : 0;
}

function literal(text: string): Marker {
  const needle = text.toLowerCase();
  return (shown) => {
    const lower = shown.toLowerCase();
    // Where lower case changes the length, places in one text do not fit the other.
    if (needle === '' || lower.length !== shown.length) return [];
    const spans: Span[] = [];
    for (let at = lower.indexOf(needle); at !== -1; at = lower.indexOf(needle, at + needle.length)) {
      spans.push([at, at + needle.length]);
      if (spans.length === mostSpans) break;
    }
    return spans;
  };
}

function pattern(source: string, flags: string): Marker {
  const limit = reach(source);
  let compiled: RegExp;
  try {
    compiled = new RegExp(source, `${flags.includes('i') ? 'i' : ''}g`);
  } catch {
    return () => [];
  }
  return (shown) => {
    const spans: Span[] = [];
    if (limit === 0) return spans;
    for (const match of shown.slice(0, limit).matchAll(compiled)) {
      if (match[0] !== '') spans.push([match.index, match.index + match[0].length]);
      if (spans.length === mostSpans) break;
    }
    return spans;
  };
}

const markerFor = ({ text, flags }: Sought): Marker => (flags === undefined ? literal(text) : pattern(text, flags));

/** Sorted, and in one where they touch. */
function merged(spans: Span[]): Span[] {
  const out: [number, number][] = [];
  for (const [from, to] of spans.sort(([a], [b]) => a - b)) {
    const last = out.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}

/** Marks in texts what a query looks for. */
export function markerOf(query: string): Marker {
  const markers = soughtIn(query).map(markerFor);
  if (markers.length === 0) return () => [];
  return (text) => merged(markers.flatMap((marker) => marker(text)));
}

/** A run of characters that look alike. */
export interface Piece {
  text: string;
  found: boolean;
  /** Classes of its colours. */
  look: string;
}

/** A text that looks different from one place on. */
export interface Style {
  from: number;
  look: string;
}

/** Splits a text where marks or colours change. */
export function splitBy(text: string, marks: readonly Span[], styles: readonly Style[] = []): readonly Piece[] {
  const edges = new Set([0, text.length]);
  for (const [from, to] of marks) edges.add(from).add(to);
  for (const { from } of styles) edges.add(from);
  const sorted = [...edges].filter((edge) => edge >= 0 && edge <= text.length).sort((a, b) => a - b);
  const pieces: Piece[] = [];
  let [mark, style] = [0, -1];
  for (let index = 0; index + 1 < sorted.length; index += 1) {
    const [from, to] = [sorted[index] ?? 0, sorted[index + 1] ?? 0];
    while ((marks[mark]?.[1] ?? Number.POSITIVE_INFINITY) <= from) mark += 1;
    while ((styles[style + 1]?.from ?? Number.POSITIVE_INFINITY) <= from) style += 1;
    const found = (marks[mark]?.[0] ?? Number.POSITIVE_INFINITY) <= from;
    pieces.push({ text: text.slice(from, to), found, look: styles[style]?.look ?? '' });
  }
  return pieces;
}
