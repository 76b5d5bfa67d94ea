import { readFile, rename } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { LoginKeeping } from '#contract/index.ts';

/** What is used of Electron's safeStorage: its asynchronous part. */
export interface Keychain {
  /** Exists on Linux only. */
  getSelectedStorageBackend(): string;
  isAsyncEncryptionAvailable(): Promise<boolean>;
  encryptStringAsync(text: string): Promise<Buffer>;
  decryptStringAsync(bytes: Buffer): Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }>;
}

export interface SecretStoreOptions {
  /** Absolute path. The names in it can be read by this account, the secrets only with the system's keychain. */
  readonly file: string;
  readonly keychain: Keychain;
  readonly platform: NodeJS.Platform;
}

/** Secrets by name. Where the system cannot encrypt them, they are kept in memory until the app ends. */
export interface SecretStore {
  /** How long a secret lasts that is set now. */
  keeping(): Promise<LoginKeeping>;
  names(): Promise<string[]>;
  /** Rejects where there is one that the keychain does not open; the message is what follows `but`. */
  get(name: string): Promise<string | undefined>;
  /** Never rejects for want of a keychain or of a disk: then it is kept in memory, and `keeping` says so. */
  set(name: string, secret: string): Promise<void>;
  /** False = there was none. */
  delete(name: string): Promise<boolean>;
}

/** A file of another version is not guessed at: it is kept aside. */
const kept = z.object({ version: z.literal(1), secrets: z.record(z.string(), z.string()) });
type Secrets = Map<string, string>;

const realBackends = new Set(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6']);

/** Why nothing may be written to the disk; undefined where it may. On Linux some back ends encrypt with a password that everybody knows. */
async function refusal({ keychain, platform }: SecretStoreOptions): Promise<string | undefined> {
  if (platform === 'linux' && !realBackends.has(keychain.getSelectedStorageBackend())) {
    return 'this desktop has no keychain that is known to keep secrets (GNOME Keyring or KWallet)';
  }
  const available = await keychain.isAsyncEncryptionAvailable().catch(() => false);
  return available ? undefined : "the system's keychain cannot be used now";
}

export function createSecretStore(options: SecretStoreOptions): SecretStore {
  const { file, keychain } = options;
  const inMemory = new Map<string, string>();
  let trouble: string | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: each reads the file and may write it. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };

  const encrypt = async (name: string, secret: string): Promise<void> => {
    const secrets = await readSecrets(file);
    secrets.set(name, (await keychain.encryptStringAsync(secret)).toString('base64'));
    await writeSecrets(file, secrets);
  };

  const open = async (name: string): Promise<string | undefined> => {
    const found = (await readSecrets(file)).get(name);
    if (found === undefined) return undefined;
    const refused = await refusal(options);
    const bytes = Buffer.from(found, 'base64');
    const opened = refused === undefined ? await keychain.decryptStringAsync(bytes).catch(() => undefined) : undefined;
    if (opened === undefined)
      throw new Error(`what is kept cannot be read: ${refused ?? 'another account or keychain may have encrypted it'}`);
    // The system has a newer key; the old one still works, so a failure may wait for the next time.
    if (opened.shouldReEncrypt) await encrypt(name, opened.result).catch(() => undefined);
    return opened.result;
  };

  return {
    async keeping() {
      const why = (await refusal(options)) ?? trouble;
      return why === undefined ? { lasts: 'system' } : { lasts: 'session', why };
    },
    names: () => inTurn(async () => [...new Set([...inMemory.keys(), ...(await readSecrets(file)).keys()])]),
    get: (name) => inTurn(async () => inMemory.get(name) ?? (await open(name))),
    set: (name, secret) =>
      inTurn(async () => {
        inMemory.set(name, secret);
        if ((await refusal(options)) !== undefined) return;
        try {
          await encrypt(name, secret);
          inMemory.delete(name);
          trouble = undefined;
        } catch {
          trouble = 'the last one could not be encrypted or written to the disk';
        }
      }),
    delete: (name) =>
      inTurn(async () => {
        const secrets = await readSecrets(file);
        const wasKept = secrets.delete(name);
        if (wasKept) await writeSecrets(file, secrets);
        return inMemory.delete(name) || wasKept;
      }),
  };
}

async function readSecrets(file: string): Promise<Secrets> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
    throw new Error('the file of what is kept cannot be read', { cause: error });
  }
  const { data } = kept.safeParse(parsed(text));
  if (data !== undefined) return new Map(Object.entries(data.secrets));
  await rename(file, `${file}.corrupt-${Date.now()}`);
  return new Map();
}

async function writeSecrets(file: string, secrets: Secrets): Promise<void> {
  const value = { version: 1, secrets: Object.fromEntries(secrets) } satisfies z.infer<typeof kept>;
  await writeFileAtomic(file, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
