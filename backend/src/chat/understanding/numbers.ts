const small: Readonly<Record<string, number>> = {
  five: 5,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const units: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
};

const tens = Object.keys(small).join('|');
const ones = Object.keys(units).join('|');
const hundreds = new RegExp(`\\b(?:(a|${ones}) )?hundred(?: (?:and )?(${tens})(?:[ -](${ones}))?)?\\b`, 'gi');
const below = new RegExp(`\\b(${tens})(?:[ -](${ones}))?\\b(?= ?(?:euros?|eur|€|bucks|quid|or less|max))`, 'gi');

const valueOf = (table: Readonly<Record<string, number>>, word: string | undefined) =>
  table[word?.toLowerCase() ?? ''] ?? 0;

/** Amounts written as words become digits: `two hundred and fifty euros` -> `250 euros`. Others stay as they are. */
export function digits(text: string): string {
  return text
    .replace(hundreds, (_all, count?: string, ten?: string, one?: string) =>
      String((valueOf(units, count) || 1) * 100 + valueOf(small, ten) + valueOf(units, one)),
    )
    .replace(below, (_all, ten: string, one?: string) => String(valueOf(small, ten) + valueOf(units, one)));
}
