import { plainText } from '#ui/plain-text.ts';
import type { Style } from './highlight.ts';

/** A text without escapes, and where its colours change. */
export interface Styled {
  text: string;
  styles: readonly Style[];
}

// eslint-disable-next-line no-control-regex -- the escape character is what this finds
const sgr = /\u001b\[([\d;:]*)m/g;

interface Pen {
  fg?: number;
  bg?: number;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  inverse: boolean;
}

const bare: Pen = { bold: false, dim: false, italic: false, underline: false, inverse: false };

/** The colour of `38;5;n` where it is one of the sixteen; others are shown as usual. */
function extended(codes: readonly number[], at: number): { color?: number; next: number } {
  if (codes[at + 1] === 5) {
    const color = codes[at + 2] ?? 16;
    return color < 16 ? { color, next: at + 2 } : { next: at + 2 };
  }
  return { next: codes[at + 1] === 2 ? at + 4 : at };
}

function colored(pen: Pen, ground: 'fg' | 'bg', color: number | undefined): Pen {
  const { [ground]: _before, ...rest } = pen;
  return color === undefined ? rest : { ...rest, [ground]: color };
}

const switches: Readonly<Record<number, Partial<Pen>>> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  27: { inverse: false },
};

function changed(pen: Pen, codes: readonly number[]): Pen {
  let next = pen;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    const ground = (code >= 40 && code < 50) || code >= 100 ? 'bg' : 'fg';
    if (code === 0) next = bare;
    else if (code === 38 || code === 48) {
      const found = extended(codes, at);
      next = colored(next, ground, found.color);
      at = found.next;
    } else if (code === 39 || code === 49) next = colored(next, ground, undefined);
    else if ((code >= 30 && code < 38) || (code >= 40 && code < 48)) next = colored(next, ground, code % 10);
    else if ((code >= 90 && code < 98) || (code >= 100 && code < 108)) next = colored(next, ground, (code % 10) + 8);
    else next = { ...next, ...switches[code] };
  }
  return next;
}

function lookOf({ fg, bg, bold, dim, italic, underline, inverse }: Pen): string {
  const [ink, ground] = inverse ? [bg, fg ?? 7] : [fg, bg];
  return [
    ground === undefined ? (ink === undefined ? '' : `fg${ink}`) : `bg${ground}`,
    bold ? 'bold' : '',
    dim ? 'dim' : '',
    italic ? 'italic' : '',
    underline ? 'underline' : '',
  ]
    .filter((one) => one !== '')
    .join(' ');
}

/** Untrusted text as it may be shown: what a terminal would colour keeps its colour, every other escape is gone. */
export function styledText(raw: string): Styled {
  if (!raw.includes('\u001b')) return { text: plainText(raw), styles: [] };
  let [text, from, pen] = ['', 0, bare];
  const styles: Style[] = [];
  const put = (piece: string): void => {
    const shown = plainText(piece);
    const look = lookOf(pen);
    if (shown !== '' && look !== (styles.at(-1)?.look ?? '')) styles.push({ from: text.length, look });
    text += shown;
  };
  for (const match of raw.matchAll(sgr)) {
    put(raw.slice(from, match.index));
    pen = changed(pen, (match[1] ?? '').split(/[;:]/).map(Number));
    from = match.index + match[0].length;
  }
  put(raw.slice(from));
  return { text, styles };
}
