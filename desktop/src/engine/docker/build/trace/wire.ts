/** One field of a protobuf message: its number and its value, still undecoded for length-delimited fields. */
export type WireField =
  | { readonly number: number; readonly kind: 'varint'; readonly value: number }
  | { readonly number: number; readonly kind: 'bytes'; readonly value: Uint8Array };

/** A protobuf message that breaks off or uses a wire type that does not exist. */
export class WireError extends Error {}

class Cursor {
  offset = 0;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get done(): boolean {
    return this.offset >= this.bytes.length;
  }

  /** Exact up to 2^53; 64-bit values above that (negative numbers) lose low bits, which no field read here uses. */
  varint(): number {
    let value = 0;
    let factor = 1;
    for (let index = 0; index < 10; index += 1) {
      const byte = this.bytes[this.offset];
      if (byte === undefined) throw new WireError('message ends inside a number');
      this.offset += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
    throw new WireError('number longer than 10 bytes');
  }

  take(length: number): Uint8Array {
    const end = this.offset + length;
    if (end > this.bytes.length) throw new WireError('message ends inside a field');
    const part = this.bytes.subarray(this.offset, end);
    this.offset = end;
    return part;
  }
}

/** Walks the fields of one protobuf message in wire order. Fixed-width fields, which the trace does not use, are skipped. */
export function* readFields(message: Uint8Array): Generator<WireField> {
  const cursor = new Cursor(message);
  while (!cursor.done) {
    const tag = cursor.varint();
    const number = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        yield { number, kind: 'varint', value: cursor.varint() };
        break;
      case 1:
        cursor.take(8);
        break;
      case 2:
        yield { number, kind: 'bytes', value: cursor.take(cursor.varint()) };
        break;
      case 5:
        cursor.take(4);
        break;
      default:
        throw new WireError(`unknown wire type ${tag % 8}`);
    }
  }
}
