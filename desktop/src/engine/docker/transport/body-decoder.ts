const CR = 13;
const LF = 10;
const SEMICOLON = 59;
/** Longer than any length that is believed. */
const MAX_DIGITS = 12;

/** Finds the body in the bytes of a connection. */
export interface BodyDecoder {
  /** True once the end of the body has been seen. */
  readonly ended: boolean;
  /** In how many pieces the body came until now, where the coding tells. */
  readonly pieces: number;
  /** Moves the body bytes that lie between `start` and `end` together, from `start` on; answers the index behind them. */
  decode(bytes: Buffer, start: number, end: number): number;
}

/** The decoder that the headers of an answer ask for; undefined where only the end of the connection ends the body. */
export function decoderFor(headers: Readonly<Record<string, string>>): BodyDecoder | undefined {
  if (/\bchunked\b/i.test(headers['transfer-encoding'] ?? '')) return new ChunkDecoder();
  const length = headers['content-length'];
  return length === undefined ? undefined : new LengthDecoder(Number(length));
}

class LengthDecoder implements BodyDecoder {
  readonly pieces = 0;
  #left: number;

  constructor(length: number) {
    this.#left = length;
  }

  get ended(): boolean {
    return !(this.#left > 0);
  }

  decode(_bytes: Buffer, start: number, end: number): number {
    const taken = Math.min(this.#left, end - start);
    this.#left -= taken;
    return start + taken;
  }
}

type Part = 'size' | 'extension' | 'data' | 'data-end' | 'trailer' | 'over';

/** Chunked coding, taken off in place: an engine sends a chunk for each line, and a view on each would cost more than all else. */
class ChunkDecoder implements BodyDecoder {
  pieces = 0;
  #part: Part = 'size';
  #size = 0;
  #digits = 0;
  /** Bytes since the last line end, among the trailers. */
  #width = 0;

  get ended(): boolean {
    return this.#part === 'over';
  }

  decode(bytes: Buffer, start: number, end: number): number {
    let at = start;
    let out = start;
    while (at < end && this.#part !== 'over') {
      if (this.#part !== 'data') {
        this.#step(bytes[at] ?? 0);
        at += 1;
        continue;
      }
      const taken = Math.min(this.#size, end - at);
      if (out !== at) bytes.copyWithin(out, at, at + taken);
      at += taken;
      out += taken;
      this.#size -= taken;
      if (this.#size === 0) this.#part = 'data-end';
    }
    return out;
  }

  #step(byte: number): void {
    switch (this.#part) {
      case 'size':
        if (byte === LF) this.#beginChunk();
        else if (byte === SEMICOLON) this.#part = 'extension';
        else if (byte !== CR) this.#digit(byte);
        break;
      case 'extension':
        if (byte === LF) this.#beginChunk();
        break;
      case 'data-end':
        if (byte === LF) this.#part = 'size';
        else if (byte !== CR) throw notChunked();
        break;
      case 'trailer':
        if (byte !== LF) this.#width += byte === CR ? 0 : 1;
        else if (this.#width > 0) this.#width = 0;
        else this.#part = 'over';
        break;
      case 'data':
      case 'over':
        break;
    }
  }

  #digit(byte: number): void {
    const value = hexDigit(byte);
    this.#digits += 1;
    if (value < 0 || this.#digits > MAX_DIGITS) throw notChunked();
    this.#size = this.#size * 16 + value;
  }

  #beginChunk(): void {
    if (this.#digits === 0) throw notChunked();
    this.#digits = 0;
    this.pieces += 1;
    this.#part = this.#size === 0 ? 'trailer' : 'data';
  }
}

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = (byte | 32) - 97;
  return letter >= 0 && letter < 6 ? letter + 10 : -1;
}

/** Named as Node's own parser names it, so that both are explained alike. */
function notChunked(): Error {
  return Object.assign(new Error('a chunk has no size'), { code: 'HPE_INVALID_CHUNK_SIZE' });
}
