const wordStart = /(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu;

/** Letters in order, the first of them at the begin of a word; fewer when others stand between them. */
function scattered(word: string, text: string): number | undefined {
  let best: number | undefined;
  for (const { index } of text.matchAll(wordStart)) {
    let at = index - 1;
    let gaps = 0;
    for (const letter of word) {
      const next = text.indexOf(letter, at + 1);
      if (next === -1 || (at < index && next !== index)) {
        gaps = Number.POSITIVE_INFINITY;
        break;
      }
      gaps += next - at - 1;
      at = next;
    }
    const score = 40 - 3 * gaps;
    if (score > 0 && score > (best ?? 0)) best = score;
  }
  return best;
}

function fitOfWord(word: string, text: string): number | undefined {
  const starts = [...text.matchAll(wordStart)].map(({ index }) => index);
  const begin = starts.findIndex((index) => text.startsWith(word, index));
  if (begin !== -1) return 100 - Math.min(begin, 20);
  if (text.includes(word)) return 60;
  return word.length < 2 ? undefined : scattered(word, text);
}

/**
 * How well a text fits what was typed, more is better; nothing where it does not fit. Each word of the query has to be in the
 * text: as it is, or its letters in order from the begin of a word.
 */
export function fitOf(query: string, text: string): number | undefined {
  const known = text.toLowerCase();
  let sum = 0;
  for (const word of query.toLowerCase().split(/\s+/).filter(Boolean)) {
    const fit = fitOfWord(word, known);
    if (fit === undefined) return undefined;
    sum += fit;
  }
  return sum;
}
