import type { ChatPart } from '../chat/ports.ts';
import { noAnswer } from './prompt.ts';

/** What a model wrote is no answer that may be shown. */
export class InvalidAnswerError extends Error {
  constructor(message: string) {
    super(`the model gave ${message}`);
    this.name = 'InvalidAnswerError';
  }
}

/** A marker with the space before it. */
const marker = /\s*\[\[([^[\]]{0,200})\]\]/;
/** Space and the begin of a marker at the end of what has come so far. */
const unfinished = /\s*(?:\[(?:\[[^[\]]{0,200}\]?)?)?$/;
const maxUncited = 600;

/**
 * Takes the citations out of a text that comes piece by piece. Only ids that were found count; every other marker is
 * dropped. Nothing is passed on before the first citation that counts, so that an answer from nowhere is never shown.
 */
export class CitationReader {
  readonly #found: ReadonlySet<string>;
  #rest = '';
  #uncited = '';
  #cited = false;
  #none = false;

  constructor(found: readonly string[]) {
    this.#found = new Set(found);
  }

  /** Throws InvalidAnswerError when too much comes without a citation. */
  *feed(text: string): Generator<ChatPart> {
    this.#rest += text;
    for (let next = marker.exec(this.#rest); next !== null; next = marker.exec(this.#rest)) {
      yield* this.#say(this.#rest.slice(0, next.index));
      this.#rest = this.#rest.slice(next.index + next[0].length);
      yield* this.#cite((next[1] ?? '').split(',').map((id) => id.trim()));
    }
    const held = unfinished.exec(this.#rest)?.index ?? this.#rest.length;
    yield* this.#say(this.#rest.slice(0, held));
    this.#rest = this.#rest.slice(held);
  }

  /** Throws InvalidAnswerError for an answer that cites nothing of what was found. */
  *end(): Generator<ChatPart> {
    yield* this.#say(this.#rest.trimEnd());
    if (this.#cited) return;
    if (this.#none) yield { type: 'abstained' };
    else throw new InvalidAnswerError(this.#uncited === '' ? 'no text' : 'an answer without a valid citation');
  }

  *#say(text: string): Generator<ChatPart> {
    if (text === '') return;
    if (this.#cited) {
      yield { type: 'text', text };
      return;
    }
    this.#uncited += text;
    if (this.#uncited.length > maxUncited) throw new InvalidAnswerError('too much text without a citation');
  }

  *#cite(ids: readonly string[]): Generator<ChatPart> {
    if (ids.includes(noAnswer)) this.#none = true;
    const valid = ids.filter((id) => this.#found.has(id));
    if (valid.length === 0) return;
    const first = this.#uncited;
    this.#uncited = '';
    if (!this.#cited && first !== '') yield { type: 'text', text: first };
    this.#cited = true;
    yield { type: 'cited', ids: valid };
  }
}
