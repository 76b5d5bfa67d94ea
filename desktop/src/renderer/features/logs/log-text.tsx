import { cx } from '#ui/cx.ts';
import { type Marker, type Style, splitBy } from './highlight.ts';
import css from './log-text.module.css';

export interface LogTextProps {
  text: string;
  marker: Marker;
  styles?: readonly Style[];
}

/** Untrusted text with its colours and with what is looked for marked in it; it cannot turn round what stands beside it. */
export function LogText({ text, marker, styles }: LogTextProps) {
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
