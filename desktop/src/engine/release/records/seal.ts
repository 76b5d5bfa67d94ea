import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
const ivBytes = 12;

/** Keeps texts with secrets on disk so that a copy of the file alone tells nothing. */
export interface Seal {
  seal(text: string): Promise<string>;
  /** Throws RELEASE_UNAVAILABLE where the key is another one or the text was changed. */
  open(sealed: string): Promise<string>;
}

/** A seal whose key lies in its own file, for the owner only (0600), made on first use. */
export function createSeal(keyPath: string): Seal {
  let key: Promise<Buffer> | undefined;
  const get = (): Promise<Buffer> => (key ??= loadKey(keyPath));
  return {
    async seal(text) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv(algorithm, await get(), iv);
      const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return ['v1', iv, cipher.getAuthTag(), data]
        .map((part) => (typeof part === 'string' ? part : part.toString('base64url')))
        .join('.');
    },
    async open(sealed) {
      try {
        const [version, iv = '', tag = '', data = ''] = sealed.split('.');
        if (version !== 'v1') throw new Error('unknown seal');
        const decipher = createDecipheriv(algorithm, await get(), Buffer.from(iv, 'base64url'));
        decipher.setAuthTag(Buffer.from(tag, 'base64url'));
        return Buffer.concat([decipher.update(Buffer.from(data, 'base64url')), decipher.final()]).toString('utf8');
      } catch (error) {
        throw new QuaysideError(
          'RELEASE_UNAVAILABLE',
          say`The sealed environment of this release cannot be opened here.`,
          {
            remedy: say`It was sealed with a key of another machine or user; roll back from there, or deploy the version anew.`,
            cause: error,
          },
        );
      }
    },
  };
}

async function loadKey(path: string): Promise<Buffer> {
  try {
    await writeFile(path, randomBytes(keyBytes), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFile(path);
}
