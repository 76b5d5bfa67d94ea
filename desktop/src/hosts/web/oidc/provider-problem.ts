import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { QuaysideError } from '#contract/index.ts';
import type { OidcConfig } from './config-file.ts';
import { NoAnswer } from './provider-fetch.ts';

/** The provider calls itself by another name than the one in the OIDC file. */
export class IssuerDiffers extends Error {}

type Named = Pick<OidcConfig, 'name' | 'issuer'>;

const askKeeper = 'whoever looks after this panel';
/** Codes of the library for an answer that is none. */
const noAnswer = new Set(['OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_PARSE_ERROR']);
const otherIssuer = 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED';
/** OAuth's own words for a client that is not the one which the provider knows. */
const clientErrors = new Set(['invalid_client', 'unauthorized_client']);

/** What went wrong between the panel and the provider, for people; nothing that a token or the provider's page said is in it. */
export function toProviderProblem(error: unknown, provider: Named): QuaysideError {
  if (error instanceof IssuerDiffers || codeOf(error) === otherIssuer) return anotherName(error, provider);
  if (error instanceof AuthorizationResponseError) return declined(error, provider.name);
  if (error instanceof WWWAuthenticateChallengeError) return clientRefused(error, provider);
  if (error instanceof ResponseBodyError) {
    return clientErrors.has(error.error) ? clientRefused(error, provider) : codeRefused(error, provider.name);
  }
  const why = whyNoAnswer(error);
  return why === undefined ? untrusted(error, provider.name) : unreachable(error, why, provider);
}

function whyNoAnswer(error: unknown): string | undefined {
  if (error instanceof Error && error.cause instanceof NoAnswer) return error.cause.message;
  return error instanceof Error && noAnswer.has(codeOf(error) ?? '') ? error.message : undefined;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof ClientError ? error.code : undefined;
}

function unreachable(cause: unknown, why: string, { name, issuer }: Named): QuaysideError {
  return new QuaysideError('PROVIDER_UNREACHABLE', `${name} does not answer as it should: ${why}.`, {
    remedy: `Try again in a while; who has a user name and a password here can use those. Where it lasts, ${askKeeper} can see whether ${issuer} answers on the machine of the panel.`,
    cause,
  });
}

function anotherName(cause: unknown, { name, issuer }: Named): QuaysideError {
  return new QuaysideError('PROVIDER_UNREACHABLE', `${name} calls itself by another name than ${issuer}.`, {
    remedy: `The issuer in the OIDC file has to be what the provider says, letter by letter: ${askKeeper} can compare it with ${issuer}/.well-known/openid-configuration.`,
    cause,
  });
}

function clientRefused(cause: unknown, { name }: Named): QuaysideError {
  return new QuaysideError('PROVIDER_UNREACHABLE', `${name} does not know this panel.`, {
    remedy: `Client id or secret are not the ones that it gave for this panel, or have run out: ${askKeeper} can set them anew in the OIDC file.`,
    cause,
  });
}

function declined(cause: AuthorizationResponseError, name: string): QuaysideError {
  return new QuaysideError('FORBIDDEN', `${name} did not let you in (${wordOf(cause)}).`, {
    remedy: 'Sign in again and agree to it there. If that does not help, ask who looks after your account there.',
    cause,
  });
}

function codeRefused(cause: ResponseBodyError, name: string): QuaysideError {
  return new QuaysideError('FORBIDDEN', `${name} does not know this sign-in any more (${wordOf(cause)}).`, {
    remedy: 'Sign in again.',
    cause,
  });
}

/** OAuth's words are a few letters; anything else is somebody's own text. */
function wordOf({ error }: { readonly error: string }): string {
  return /^[a-z_]{1,40}$/.test(error) ? error : 'an error';
}

/** The library's sentences say which rule was broken, and name no value. */
function untrusted(error: unknown, name: string): QuaysideError {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = inner instanceof Error ? inner.message : 'unknown';
  return new QuaysideError('FORBIDDEN', `What ${name} answered cannot be trusted: ${why}.`, {
    remedy: `Sign in again. Where it lasts, ${askKeeper} has to look at how ${name} is set up.`,
    cause: error,
  });
}
