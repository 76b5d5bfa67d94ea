const stopWords = new Set(
  (
    'a about all also am an and any are as at be been but by can could did do does for from get give got had has have ' +
    'hello hey hi how i if in into is it its just like looking me more my need no not of on one ones or our please ' +
    'recommend show should so some something such tell than thank thanks that the their them then there these they ' +
    'this those to us want was we what when where which who why will with would you your sell buy im id good best'
  ).split(' '),
);

/** A rough English stem: enough for plurals and the common verb endings. */
export function stem(word: string): string {
  if (word.length > 5 && word.endsWith('ing')) return word.slice(0, -3);
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && word.endsWith('ed')) return word.slice(0, -2);
  if (word.length > 4 && /(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1);
  return word;
}

/** The words of a text, lower case, accents removed. */
export function words(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The stems of the words that carry meaning, each once. */
export function contentStems(text: string): string[] {
  return [
    ...new Set(
      words(text)
        .filter((word) => !stopWords.has(word))
        .map(stem),
    ),
  ];
}

/** Splits a text into sentences. */
export function sentences(text: string): string[] {
  return text.split(/(?<=[.!?])\s+/).filter((sentence) => sentence.trim() !== '');
}
