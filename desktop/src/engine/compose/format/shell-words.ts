/** A command line taken apart. `cut` is what follows the first unquoted shell operator: the reference tool drops it silently. */
export interface ShellWords {
  readonly words: readonly string[];
  readonly cut?: string;
}

const blanks = ' \t\r\n';
const operators = ';&|<>';

/**
 * Splits a command as the reference tool does: quotes and backslashes like a shell, no expansion, and an end at the first
 * unquoted `;` `&` `|` `<` `>`. Undefined for unbalanced quotes or brackets.
 */
export function splitWords(line: string): ShellWords | undefined {
  return new Splitter(line).split();
}

type Quote = '' | '"' | "'" | '`' | '(';

class Splitter {
  readonly #line: readonly string[];
  readonly #words: string[] = [];
  #word = '';
  #inWord = false;
  #quote: Quote = '';

  constructor(line: string) {
    this.#line = Array.from(line);
  }

  split(): ShellWords | undefined {
    for (let at = 0; at < this.#line.length; at++) {
      const character = this.#line[at] ?? '';
      if (character === '\\' && this.#quote !== "'") {
        at++;
        if (at >= this.#line.length) return undefined;
        this.#append(this.#line[at] ?? '');
      } else if (blanks.includes(character) && this.#quote === '') {
        this.#endWord();
      } else if (operators.includes(character) && this.#quote === '') {
        const descriptor = character === '>' && /^[0-9]/.test(this.#word);
        if (descriptor) this.#inWord = false;
        this.#endWord();
        return { words: this.#words, cut: this.#line.slice(at).join('') };
      } else if (!this.#toggle(character)) {
        return undefined;
      }
    }
    this.#endWord();
    return this.#quote === '' ? { words: this.#words } : undefined;
  }

  /** Handles quotes and brackets, which open, close or are kept; false for a bracket that has no meaning here. */
  #toggle(character: string): boolean {
    const quote = this.#quote;
    if ((character === '"' || character === "'") && (quote === '' || quote === character)) {
      this.#quote = quote === '' ? character : '';
      if (quote !== '') this.#inWord = true;
      return true;
    }
    if (character === '`' && (quote === '' || quote === '`')) this.#quote = quote === '' ? '`' : '';
    if (character === '(' && (quote === '' || quote === '(')) {
      if (quote === '(' || !this.#word.endsWith('$')) return false;
      this.#quote = '(';
    }
    if (character === ')' && (quote === '' || quote === '(')) this.#quote = quote === '' ? '(' : '';
    this.#append(character);
    return true;
  }

  #append(text: string): void {
    this.#word += text;
    this.#inWord = true;
  }

  #endWord(): void {
    if (this.#inWord) this.#words.push(this.#word);
    this.#word = '';
    this.#inWord = false;
  }
}
