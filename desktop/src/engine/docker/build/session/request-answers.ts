import { readFile } from 'node:fs/promises';
import type { Logins } from '../../registry/logins.ts';
import type { BuildRequest } from '../../types.ts';
import type { SessionAnswers } from './answers.ts';

/** Answers from what the request offers and what is saved on this machine. Secrets are read when they are asked for. */
export function answersFor(request: BuildRequest, logins: Logins): SessionAnswers {
  const secrets = new Map(request.secrets.map((secret) => [secret.id, secret]));
  return {
    async credentials(host) {
      const { auth } = await logins.find(host);
      if (auth?.identitytoken !== undefined) return { username: '', secret: auth.identitytoken };
      return { username: auth?.username ?? '', secret: auth?.password ?? '' };
    },
    async secret(id) {
      const secret = secrets.get(id);
      if (secret === undefined) return undefined;
      return 'file' in secret ? readFile(secret.file) : Buffer.from(secret.value);
    },
  };
}
