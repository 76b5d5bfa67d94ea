import { type LevelCode, levelOfWord, NO_LEVEL } from './level.ts';

const HEAD_BYTES = 120;
const MAX_TOKENS = 7;
// eslint-disable-next-line no-control-regex -- the escape character is what this finds
const colour = /\u001b\[[0-9;]*m/g;
const pair = /\b(?:level|lvl|severity)="?([a-z]+)/i;
const thrown = /^[A-Za-z.]*(?:Error|Exception):$/;
/** A level word as it stands in front of a message: in brackets, in capitals, or followed by a colon. */
const marked = /^[[(<|]*([A-Za-z]+)[\])>|]*(:?).*$/;

function levelOfToken(token: string): LevelCode {
  const [, word = '', colon = ''] = marked.exec(token) ?? [];
  const level = levelOfWord(word);
  if (level === NO_LEVEL) return NO_LEVEL;
  const bracketed = !/^[A-Za-z]/.test(token);
  return bracketed || colon !== '' || word === word.toUpperCase() ? level : NO_LEVEL;
}

/**
 * Guesses the level of a line that is not JSON from its first words: `ERROR …`, `[warn] …`, `2026-01-01 … INFO …`,
 * `level=error` or `TypeError: …`. A level word in the middle of a sentence says nothing, nor does standard error.
 */
export function levelOfPlainText(bytes: Uint8Array, start: number, end: number): LevelCode {
  const length = Math.min(end - start, HEAD_BYTES);
  if (length <= 0) return NO_LEVEL;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset + start, length)
    .toString('latin1')
    .replace(colour, '')
    .trimStart();
  const named = pair.exec(head)?.[1];
  if (named !== undefined) return levelOfWord(named);
  const tokens = head.split(/\s+/, MAX_TOKENS);
  if (thrown.test(tokens[0] ?? '')) return levelOfWord('error');
  for (const token of tokens) {
    const level = levelOfToken(token);
    if (level !== NO_LEVEL) return level;
    // An ordinary word begins the message; months and days of a timestamp are the exception.
    if (/^[A-Za-z]*[a-z]{3}[,.]?$/.test(token) && !/^[A-Z][a-z]{2}$/.test(token)) return NO_LEVEL;
  }
  return NO_LEVEL;
}
