import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits from the system's generator, safe in URLs and header values. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Things kept under a secret. Only digests are held, and a lookup takes the same time whatever is presented. */
export class SecretTable<T> {
  readonly #entries: { readonly digest: Buffer; readonly value: T }[] = [];

  get size(): number {
    return this.#entries.length;
  }

  add(secret: string, value: T): void {
    this.#entries.push({ digest: digestOf(secret), value });
  }

  find(secret: string): T | undefined {
    const presented = digestOf(secret);
    let found: T | undefined;
    for (const { digest, value } of this.#entries) if (timingSafeEqual(digest, presented)) found = value;
    return found;
  }

  values(): T[] {
    return this.#entries.map(({ value }) => value);
  }

  removeWhere(test: (value: T) => boolean): void {
    for (let index = this.#entries.length - 1; index >= 0; index -= 1) {
      const entry = this.#entries[index];
      if (entry && test(entry.value)) this.#entries.splice(index, 1);
    }
  }
}

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
