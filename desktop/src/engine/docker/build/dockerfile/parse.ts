import { heredocsOf } from './heredoc.ts';

/** One instruction and the lines it takes, counted from 1. */
export interface Instruction {
  /** In capitals. */
  readonly keyword: string;
  /** The instruction with its continuation lines joined, as the builder names its step; without here-documents. */
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
}

/** Instructions in order, and the lines they came from. Never fails: the builder says what is wrong. */
export interface Dockerfile {
  readonly lines: readonly string[];
  readonly instructions: readonly Instruction[];
}

/** Splits the text of a Dockerfile into instructions: directives, comments, continuation lines and here-documents. */
export function parseDockerfile(text: string): Dockerfile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const escape = escapeToken(lines);
  const reader = new InstructionReader(lines, escape);
  return { lines, instructions: [...reader.read()] };
}

/** The value of the directive `# escape=`, which has to stand before everything but other directives. */
function escapeToken(lines: readonly string[]): string {
  for (const line of lines) {
    const directive = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/.exec(line);
    const name = directive?.[1]?.toLowerCase();
    if (name === 'escape') return directive?.[2] === '`' ? '`' : '\\';
    if (name !== 'syntax' && name !== 'check') break;
  }
  return '\\';
}

class InstructionReader {
  #at = 0;
  readonly #lines: readonly string[];
  readonly #escape: string;
  readonly #continued: RegExp;

  constructor(lines: readonly string[], escape: string) {
    this.#lines = lines;
    this.#escape = escape;
    // A doubled escape character at the end is a character, not a continuation.
    this.#continued = escape === '`' ? /(^|[^`])`[ \t]*$/ : /(^|[^\\])\\[ \t]*$/;
  }

  *read(): Generator<Instruction> {
    while (this.#at < this.#lines.length) {
      const line = this.#at + 1;
      const text = this.#logicalLine();
      if (text === undefined) continue;
      const keyword = (/^\S+/.exec(text)?.[0] ?? '').toUpperCase();
      this.#skipHeredocs(keyword, text);
      yield { keyword, text, line, endLine: this.#at };
    }
  }

  #take(): string {
    const line = this.#lines[this.#at] ?? '';
    this.#at += 1;
    return line;
  }

  #logicalLine(): string | undefined {
    const first = this.#take().trimStart();
    if (first === '' || first.startsWith('#')) return undefined;
    let text = first;
    while (this.#continued.test(text) && this.#at < this.#lines.length) {
      text = text.replace(this.#continued, '$1') + this.#continuation();
    }
    return text.replace(this.#continued, '$1').trimEnd();
  }

  /** The next line that is neither a comment nor blank: those may stand between continued lines. */
  #continuation(): string {
    while (this.#at < this.#lines.length) {
      const line = this.#take();
      const bare = line.trim();
      if (bare !== '' && !bare.startsWith('#')) return line;
    }
    return '';
  }

  #skipHeredocs(keyword: string, text: string): void {
    const carrier = keyword === 'ONBUILD' ? (/^\S+\s+(\S+)/.exec(text)?.[1] ?? '').toUpperCase() : keyword;
    if (!['RUN', 'COPY', 'ADD'].includes(carrier)) return;
    for (const { terminator, stripTabs } of heredocsOf(text, this.#escape)) {
      while (this.#at < this.#lines.length) {
        const line = this.#take();
        if ((stripTabs ? line.replace(/^\t+/, '') : line) === terminator) break;
      }
    }
  }
}
