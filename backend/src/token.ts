import { createHash, timingSafeEqual } from 'node:crypto';
import { HttpError } from '@shop/service/http/errors';
import type { RequestHandler } from 'express';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Lets only requests with `authorization: Bearer <token>` through; without a token everything passes. */
export function requireToken(token: string | undefined): RequestHandler {
  const expected = token === undefined ? undefined : digest(`Bearer ${token}`);
  return (request, _response, next) => {
    if (expected !== undefined && !timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) {
      throw new HttpError(401, 'unauthorized', 'This address needs a valid token.');
    }
    next();
  };
}
