/** A line without a line end is handed on when it reaches this many characters, so that memory stays bounded. */
const LONGEST_LINE = 64 * 1024;

/**
 * Turns the raw output of one stream into whole lines: characters split over messages are joined, and of a line that was
 * rewritten with carriage returns (progress bars) only the last state is kept.
 */
export class LineAssembler {
  readonly #decoder = new TextDecoder();
  #rest = '';

  push(bytes: Uint8Array): string[] {
    this.#rest += this.#decoder.decode(bytes, { stream: true });
    const parts = this.#rest.split('\n');
    this.#rest = withoutOverwritten(parts.pop() ?? '');
    if (this.#rest.length > LONGEST_LINE) {
      parts.push(this.#rest);
      this.#rest = '';
    }
    return parts.map(lastState);
  }

  /** What is left when the stream has ended; at most one line. */
  flush(): string[] {
    const rest = this.#rest + this.#decoder.decode();
    this.#rest = '';
    return rest === '' ? [] : [lastState(rest)];
  }
}

function lastState(line: string): string {
  const end = line.replace(/\r+$/, '');
  return end.slice(end.lastIndexOf('\r') + 1);
}

/** Drops finished states of an unfinished line, but keeps a trailing return: the line feed that belongs to it may follow. */
function withoutOverwritten(line: string): string {
  const end = line.replace(/\r+$/, '');
  return line.slice(end.lastIndexOf('\r') + 1);
}
