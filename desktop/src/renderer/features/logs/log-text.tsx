import { cx } from '#ui/cx.ts';
import { type Marker, type Style, splitBy } from './highlight.ts';
import css from './log-text.module.css';

export interface LogTextProps {
  text: string;
  marker: Marker;
  styles?: readonly Style[];
}

const ascii = /^[\x20-\x7e]*$/;

/** True for text that needs no elements of its own: nothing in it is coloured or found, and it cannot turn round. */
export function isBare(text: string, marker: Marker, styles: readonly Style[] = []): boolean {
  return styles.length === 0 && ascii.test(text) && marker(text).length === 0;
}

/** Untrusted text with its colours and with what is looked for marked in it; it cannot turn round what stands beside it. */
export function LogText({ text, marker, styles }: LogTextProps) {
  if (isBare(text, marker, styles)) return text;
  const pieces = splitBy(text, marker(text), styles);
  return (
    <bdi>
      {pieces.map((piece, index) => {
        const look = cx(...piece.look.split(' ').map((one) => css[one]));
        if (piece.found)
          return (
            <mark key={index} className={css['found']}>
              {piece.text}
            </mark>
          );
        return look === '' ? (
          piece.text
        ) : (
          <span key={index} className={look}>
            {piece.text}
          </span>
        );
      })}
    </bdi>
  );
}
