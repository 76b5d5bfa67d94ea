import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';

/** Longest line that is held in memory, in bytes. */
const maxLineBytes = 16 * 1024 * 1024;

const newline = 0x0a;
const shown = 200;

function protocolError(what: string, text: string, cause?: unknown): QuaysideError {
  const excerpt = text.length > shown ? `${text.slice(0, shown)}…` : text;
  return new QuaysideError('ENGINE_PROTOCOL', say`The Docker Engine sent ${what}: ${excerpt}`, {
    remedy: say`Check that the address really is a Docker Engine and that no proxy in between changes its answers.`,
    details: { excerpt },
    cause,
  });
}

/**
 * Splits a byte stream at newlines and decodes each line as UTF-8; blank lines are left out, a last line needs no newline.
 * Lines are cut as bytes, so a character that is split over two chunks stays whole. Chunks must not be reused by the source.
 * Throws ENGINE_PROTOCOL where a line is longer than `limit` bytes.
 */
export async function* readLines(stream: AsyncIterable<Uint8Array>, limit = maxLineBytes): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let parts: Uint8Array[] = [];
  let length = 0;

  const add = (part: Uint8Array): void => {
    length += part.length;
    if (length > limit) {
      const start = decoder.decode(Buffer.concat([...parts, part].map((piece) => piece.subarray(0, shown))));
      throw protocolError(say`a line of more than ${limit} bytes`, start);
    }
    if (part.length > 0) parts.push(part);
  };
  const take = (): string => {
    const [first] = parts;
    const line = decoder.decode(parts.length === 1 ? first : Buffer.concat(parts)).trim();
    parts = [];
    length = 0;
    return line;
  };

  for await (const chunk of stream) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, from)) {
      add(chunk.subarray(from, at));
      from = at + 1;
      const line = take();
      if (line !== '') yield line;
    }
    add(chunk.subarray(from));
  }
  const last = take();
  if (last !== '') yield last;
}

/** Parses one JSON text of the engine. Throws ENGINE_PROTOCOL with the first 200 characters where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw protocolError(say`something that is not JSON`, text, error);
  }
}

/** Reads one JSON value per line. Throws ENGINE_PROTOCOL on broken JSON and on lines of more than 16 MiB. */
export async function* readNdjson(stream: AsyncIterable<Uint8Array>): AsyncGenerator {
  for await (const line of readLines(stream)) yield parseJson(line);
}
