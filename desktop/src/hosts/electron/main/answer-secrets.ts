import { type SecretAnswer, type SecretRequest, secretRequest } from '../secret-messages.ts';
import type { SecretStore } from './secret-store.ts';

/** The answer to a message of the engine process; undefined for a message that asks for no secret. Never rejects. */
export async function answerSecret(store: SecretStore, message: unknown): Promise<SecretAnswer | undefined> {
  const { data } = secretRequest.safeParse(message);
  if (data === undefined) return undefined;
  const { kind, id, ask } = data;
  try {
    return { kind, id, value: await valueOf(store, ask) };
  } catch (error) {
    return { kind, id, failure: error instanceof Error ? error.message : String(error) };
  }
}

function valueOf(store: SecretStore, ask: SecretRequest['ask']): Promise<unknown> {
  switch (ask.call) {
    case 'keeping':
      return store.keeping();
    case 'names':
      return store.names();
    case 'get':
      return store.get(ask.name);
    case 'set':
      return store.set(ask.name, ask.secret);
    case 'delete':
      return store.delete(ask.name);
  }
}
