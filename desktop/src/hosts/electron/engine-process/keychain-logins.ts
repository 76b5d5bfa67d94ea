import type { LoginKeeper } from '#engine/types.ts';
import { loginIn, type SecretRequest, type SecretValue, secretAnswer, secretValues } from '../secret-messages.ts';

/** The way to the main process. */
export interface MainPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  postMessage(message: unknown): void;
}

type Ask = SecretRequest['ask'];

/** The system may ask whoever sits there whether the keychain is to be opened. */
const deadlineMs = 60_000;
const prefix = 'registry:';

/** Keeps logins with the main process, which encrypts them with the system's keychain. */
export function createKeychainLogins(port: MainPort): LoginKeeper {
  const ask = createAsker(port);
  return {
    keeping: () => ask({ call: 'keeping' }),
    async domains() {
      const names = await ask({ call: 'names' });
      return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
    },
    async find(domain) {
      const secret = await ask({ call: 'get', name: `${prefix}${domain}` });
      return secret === undefined ? undefined : loginIn(secret);
    },
    async keep(domain, { username, password }) {
      await ask({ call: 'set', name: `${prefix}${domain}`, secret: JSON.stringify({ username, password }) });
    },
    forget: (domain) => ask({ call: 'delete', name: `${prefix}${domain}` }),
  };
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

function createAsker(port: MainPort): <A extends Ask>(ask: A) => Promise<SecretValue<A>> {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  port.on('message', ({ data: message }) => {
    const { data } = secretAnswer.safeParse(message);
    if (data === undefined) return;
    const asked = waiting.get(data.id);
    if (data.failure === undefined) asked?.resolve(data.value);
    else asked?.reject(new Error(data.failure));
  });
  return async (ask) => {
    lastId += 1;
    const id = lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const late = setTimeout(() => {
      reject(new Error("the system's keychain did not answer within a minute"));
    }, deadlineMs);
    waiting.set(id, { resolve, reject });
    port.postMessage({ kind: 'secret', id, ask } satisfies SecretRequest);
    try {
      return secretValues[ask.call].parse(await promise) as SecretValue<typeof ask>;
    } finally {
      clearTimeout(late);
      waiting.delete(id);
    }
  };
}
