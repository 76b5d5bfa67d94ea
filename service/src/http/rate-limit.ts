import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { HttpError } from './errors.ts';

export interface RateLimit {
  /** Requests per minute of one client; 0 = no limit. */
  readonly perMinute: number;
  /** Told in the header that says which limit it is. */
  readonly name: string;
}

const windowMs = 60_000;

/** Refuses with 429 what one client (by address; see `trust proxy`) asks beyond the limit; told by the RateLimit headers. */
export function limitRate({ perMinute, name }: RateLimit): RequestHandler {
  if (perMinute === 0) {
    return (_request, _response, next) => {
      next();
    };
  }
  return rateLimit({
    windowMs,
    limit: perMinute,
    identifier: name,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request) => ipKeyGenerator(request.ip ?? ''),
    handler: (_request, response, next) => {
      const seconds = String(response.getHeader('retry-after') ?? 60);
      next(
        new HttpError(429, 'rate_limited', `Too many requests. Please try again in ${seconds} seconds.`, {
          'retry-after': seconds,
        }),
      );
    },
  });
}
