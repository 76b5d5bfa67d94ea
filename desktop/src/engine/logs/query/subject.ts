import { plainText } from '../parse/text.ts';
import { type Lines, lineBytes } from '../store/shared-slab.ts';

/** Nothing longer is read as JSON: a line of a megabyte would hold up all others. */
const MAX_JSON_BYTES = 256 * 1024;

/** A line under test, decoded and read only as far as a test asks. */
export class Subject {
  private lines: Lines | undefined;
  private row = 0;
  private decoded: string | undefined;
  private parsed: object | null | undefined;

  at(lines: Lines, row: number): this {
    this.lines = lines;
    this.row = row;
    this.decoded = undefined;
    this.parsed = undefined;
    return this;
  }

  bytes(): Buffer {
    if (this.lines === undefined) throw new Error('no line');
    return lineBytes(this.lines, this.row);
  }

  /** Without terminal escapes. */
  text(): string {
    this.decoded ??= plainText(this.bytes());
    return this.decoded;
  }

  /** The value at a dotted name: a key with dots in it, or a way through objects. Undefined where there is none. */
  value(path: string): unknown {
    this.parsed ??= this.parse() ?? null;
    return this.parsed === null ? undefined : valueAt(this.parsed, path);
  }

  private parse(): object | undefined {
    const bytes = this.bytes();
    if (bytes.length > MAX_JSON_BYTES || !/^\s*\{/.test(bytes.toString('latin1', 0, 40))) return undefined;
    try {
      const value: unknown = JSON.parse(bytes.toString('utf8'));
      return typeof value === 'object' && value !== null ? value : undefined;
    } catch {
      return undefined;
    }
  }
}

function own(value: unknown, key: string): unknown {
  const entry = typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key) : undefined;
  return entry?.value;
}

function valueAt(root: object, path: string): unknown {
  const whole = own(root, path);
  if (whole !== undefined) return whole;
  return path.split('.').reduce<unknown>(own, root);
}
