/** Status and headers (names in lower case) of an answer. */
export interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Longest head that is believed. */
const MAX_HEAD_BYTES = 64 * 1024;

/** Named as Node's own parser names them, so that both are explained alike. */
function notHttp(reason: string, code: string): Error {
  return Object.assign(new Error(reason), { code });
}

/** Collects the head of an answer from the pieces in which it comes. */
export class HeadReader {
  #text = '';

  /** The head, once it is whole, and where in these bytes the body begins. Throws where it is none. */
  read(bytes: Uint8Array): { head: Head; bodyStart: number } | undefined {
    const before = this.#text.length;
    this.#text += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    if (!'HTTP/1.'.startsWith(this.#text.slice(0, 7))) throw notHttp('Expected HTTP/', 'HPE_INVALID_CONSTANT');
    const end = this.#text.indexOf('\r\n\r\n', Math.max(0, before - 3));
    if (end >= 0) return { head: parse(this.#text.slice(0, end)), bodyStart: end + 4 - before };
    if (this.#text.length > MAX_HEAD_BYTES) throw notHttp('Header overflow', 'HPE_HEADER_OVERFLOW');
    return undefined;
  }
}

function parse(text: string): Head {
  const [first = '', ...lines] = text.split('\r\n');
  const [, digits] = /^HTTP\/1\.\d (\d{3})\b/.exec(first) ?? [];
  if (digits === undefined) throw notHttp('Invalid status code', 'HPE_INVALID_STATUS');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0) throw notHttp('Invalid header token', 'HPE_INVALID_HEADER_TOKEN');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const known = headers[name];
    headers[name] = known === undefined ? value : `${known}, ${value}`;
  }
  return { status: Number(digits), headers };
}
