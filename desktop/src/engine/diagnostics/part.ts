import { setTimeout as sleep } from 'node:timers/promises';
import { type DiagnosticsFile, toProblem } from '#contract/index.ts';
import type { Masker } from '#kit/mask-secrets.ts';
import { masked } from '#kit/secret-name.ts';

/** More of one subject helps nobody, and a bundle has to travel. In characters. */
const mostText = 400_000;
const deadlineMs = 20_000;

/** One file of a bundle, not yet read. */
export interface Part {
  readonly name: string;
  readonly title: string;
  /** A text as it is, or a value that is written as JSON. */
  readonly read: () => Promise<string | object>;
  /** Which end is kept of what is too long. */
  readonly keep?: 'end';
}

/** Reads one file and masks it; what goes wrong is told in its place. */
export async function readPart(part: Part, mask: Masker): Promise<DiagnosticsFile> {
  const { name, title } = part;
  try {
    const whole = textOf(await inTime(part.read()), mask);
    const { text, gap } = cut(whole, part.keep);
    return { name, title, text, masked: countMasked(text), ...(gap === undefined ? {} : { gap }) };
  } catch (error) {
    const { message, remedy } = toProblem(error);
    const gap = mask(`It could not be read: ${message}`);
    return { name, title, text: `${gap}\n${mask(remedy ?? '')}`.trimEnd(), masked: countMasked(gap), gap };
  }
}

/** Each string is masked by itself, as it is, and then everything once more as it is written. */
function textOf(value: string | object, mask: Masker): string {
  if (typeof value === 'string') return mask(value);
  const shown = (_key: string, one: unknown): unknown => (typeof one === 'string' ? mask(one) : one);
  return `${mask(JSON.stringify(value, shown, 2))}\n`;
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = sleep(deadlineMs, undefined, { ref: false, signal: over.signal }).then(() => {
    throw new Error(`It took more than ${deadlineMs / 1000} s.`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
    late.catch(() => undefined);
  }
}

function cut(text: string, keep: Part['keep']): { text: string; gap?: string } {
  if (text.length <= mostText) return { text };
  const left = text.length - mostText;
  const gap = `${left} characters at the ${keep === 'end' ? 'beginning' : 'end'} are left out.`;
  return keep === 'end'
    ? { text: `${gap}\n${text.slice(left)}`, gap }
    : { text: `${text.slice(0, mostText)}\n${gap}\n`, gap };
}

/** How often something is masked in a text. */
export function countMasked(text: string): number {
  return text.split(masked).length - 1;
}
