import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { strict } from './strict.ts';

/** What the desktop under the double is like. */
export interface DoubleKeychain {
  /** As Electron names it on Linux. */
  readonly backend: string;
  /** The keychain is there and open. */
  readonly isOpen: boolean;
  readonly isReady: () => boolean;
}

const mark = Buffer.from('dbl1');
// Everybody can read this, as it protects nothing: it shows that what is written is not what was given.
const key = createHash('sha256').update('the keychain of the Electron double').digest();

/** The asynchronous part of Electron's safeStorage; the other, which Electron takes away, is not here. */
export function safeStorageOf({ backend, isOpen, isReady }: DoubleKeychain) {
  const insist = (what: string): void => {
    if (!isReady()) throw new Error(`electron double: safeStorage.${what}() before ready`);
  };
  const insistOpen = (what: string): void => {
    insist(what);
    if (!isOpen) throw new Error(`electron double: safeStorage.${what}() with a keychain that is not open`);
  };
  return strict('safeStorage', {
    getSelectedStorageBackend: () => (isReady() ? backend : 'unknown'),
    async isAsyncEncryptionAvailable(): Promise<boolean> {
      insist('isAsyncEncryptionAvailable');
      return Promise.resolve(isOpen);
    },
    async encryptStringAsync(text: string): Promise<Buffer> {
      insistOpen('encryptStringAsync');
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Promise.resolve(Buffer.concat([mark, nonce, cipher.getAuthTag(), sealed]));
    },
    async decryptStringAsync(bytes: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
      insistOpen('decryptStringAsync');
      if (!bytes.subarray(0, 4).equals(mark)) throw new Error('electron double: this was not encrypted here');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(4, 16));
      decipher.setAuthTag(bytes.subarray(16, 32));
      const result = Buffer.concat([decipher.update(bytes.subarray(32)), decipher.final()]).toString('utf8');
      return Promise.resolve({ result, shouldReEncrypt: false });
    },
  });
}
