/** English text with numbered places, `The name {0} is taken.`, and the same in another language. */
export type Phrases = Readonly<Record<string, string>>;

interface Phrase {
  readonly pattern: RegExp;
  readonly text: string;
  /** Something that stands in every text that fits: looked for first, as that is quick. */
  readonly anchor: string;
  /** Little but places: believed only where what stands in them is no foreign sentence. */
  readonly short: boolean;
  readonly weight: number;
}

const place = /\{(\d+)\}/;
/** Longer texts are output of programs. */
const longest = 4000;
const shortest = 9;
const mostKept = 2000;
/** Parts of one text that are looked at. */
const mostLooks = 300;
const nextSentence = /(?<=[.!?]) (?=\p{Lu})/u;

function compile(english: string, text: string): Phrase {
  const pieces = english.split(/\{\d+\}/);
  const escaped = pieces.map((piece) => piece.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const weight = pieces.join('').replaceAll(/[^\p{L}]/gu, '').length;
  return {
    pattern: new RegExp(`^${escaped.join('(.*?)')}$`, 's'),
    text,
    anchor: pieces.reduce((most, piece) => (piece.length > most.length ? piece : most), ''),
    short: weight < shortest,
    weight,
  };
}

/**
 * Finds out which sentence of the core a text is, and says it in another language. Values stay as they are, but for those that are
 * sentences themselves. What is not known, such as the engine's own words, stays as it is.
 */
export class Phrasebook {
  readonly #plain: ReadonlyMap<string, string>;
  readonly #phrases: readonly Phrase[];
  readonly #kept = new Map<string, string>();
  #left = 0;

  constructor(phrases: Phrases) {
    const all = Object.entries(phrases);
    this.#plain = new Map(all.filter(([english]) => !place.test(english)));
    this.#phrases = all
      .filter(([english]) => place.test(english))
      .map(([english, text]) => compile(english, text))
      // What says most of a text is what it is.
      .sort((one, other) => other.weight - one.weight);
  }

  say(text: string): string {
    const kept = this.#kept.get(text);
    if (kept !== undefined) return kept;
    this.#left = mostLooks;
    const said = text.length > longest ? text : (this.#known(text) ?? text);
    if (this.#kept.size >= mostKept) this.#kept.clear();
    this.#kept.set(text, said);
    return said;
  }

  #known(text: string): string | undefined {
    this.#left -= 1;
    if (this.#left < 0) return undefined;
    return this.#plain.get(text) ?? this.#filled(text, false) ?? this.#inParts(text) ?? this.#filled(text, true);
  }

  /** A sentence with its values. Where several sentences follow one another, one of them is not all of them: only `loose` takes it so. */
  #filled(text: string, loose: boolean): string | undefined {
    for (const { pattern, text: wanted, anchor, short } of this.#phrases) {
      const values = text.includes(anchor) ? pattern.exec(text)?.slice(1) : undefined;
      if (values === undefined || (short && values.includes(''))) continue;
      // One word is a name: a service may be called `image`.
      const known = values.map((value) => (value.trim().includes(' ') ? this.#known(value) : undefined));
      const foreign = short ? / / : loose ? undefined : nextSentence;
      if (foreign !== undefined && values.some((value, at) => foreign.test(value) && known[at] === undefined)) continue;
      return wanted.replaceAll(/\{(\d+)\}/g, (_, at: string) => known[Number(at)] ?? values[Number(at)] ?? '');
    }
    return undefined;
  }

  /** Sentences one after the other, `compose.yml:3: sentence`, `sentence (compose.yml:3)`. */
  #inParts(text: string): string | undefined {
    for (const cut of [nextSentence, /; /, /(?<=[^ ]): /]) {
      const at = cut.exec(text);
      if (at === null) continue;
      const [head, tail] = [text.slice(0, at.index), text.slice(at.index + at[0].length)];
      const [first, rest] = [this.#known(head), this.#known(tail)];
      if (first !== undefined || rest !== undefined) return `${first ?? head}${at[0]}${rest ?? tail}`;
    }
    const end = /(?:\.| \([^()]*\))$/.exec(text);
    if (end === null) return undefined;
    const first = this.#known(text.slice(0, end.index));
    return first === undefined ? undefined : `${first}${end[0]}`;
  }
}
