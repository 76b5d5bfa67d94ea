import type { IDToken } from 'openid-client';
import { mayAct, QuaysideError, type Role, type User } from '#contract/index.ts';
import type { OidcConfig } from './config-file.ts';

/** Somebody whom the provider vouches for. */
export interface Person {
  /** Its name ends with that of the provider in brackets, which no account of the users file can have. */
  readonly user: User;
  /** Whose it is at the provider, whatever they are called. */
  readonly subject: string;
}

const longestName = 100;

/** Who somebody is here by the checked claims of their ID token. Throws FORBIDDEN where no role is meant for them. */
export function personOf(claims: IDToken, config: OidcConfig): Person {
  if (claims['email_verified'] === false && usesEmail(config)) {
    throw refusal(`${config.name} has not checked your email address.`, 'Confirm it there, then sign in again.');
  }
  const name = nameOf(claims[config.userNameClaim]);
  if (name === undefined) {
    throw refusal(
      `${config.name} does not say what you are called: the ID token has no usable ${config.userNameClaim}.`,
      'Whoever looks after this panel can name another claim (user_name_claim), or ask for the scope that brings it.',
    );
  }
  const role = highest(valuesAt(claims, config.claim).flatMap((value) => config.mapping.get(value) ?? []));
  if (role === undefined) {
    throw refusal(
      `${config.name} knows you as ${name}, but nothing that it says of you has a role here (${config.claim.join('.')}).`,
      'Ask whoever looks after this panel to let you in.',
    );
  }
  return { user: { name: `${name} (${config.name})`, role }, subject: claims.sub };
}

function usesEmail({ claim, userNameClaim }: OidcConfig): boolean {
  return userNameClaim === 'email' || claim.join('.') === 'email';
}

/** Without what cannot be seen or turns the direction of text around, as the activity log names people by it. */
function nameOf(claim: unknown): string | undefined {
  if (typeof claim !== 'string') return undefined;
  const name = claim.trim();
  return name === '' || name.length > longestName || /\p{C}/u.test(name) ? undefined : name;
}

/** The texts at that place: one, or those of a list. */
function valuesAt(claims: object, path: readonly string[]): string[] {
  let value: unknown = claims;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
    value = (value as Record<string, unknown>)[name];
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((one) => typeof one === 'string');
}

function highest(roles: readonly Role[]): Role | undefined {
  return roles.find((one) => roles.every((other) => mayAct(one, other)));
}

function refusal(message: string, remedy: string): QuaysideError {
  return new QuaysideError('FORBIDDEN', message, { remedy });
}
