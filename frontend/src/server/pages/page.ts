import type { RequestHandler } from 'express';

/** Serves the page and its files; passes on every address that is not one of them. */
export interface Page {
  readonly handlers: readonly RequestHandler[];
  readonly contentSecurityPolicy: Readonly<Record<string, readonly string[]>>;
  close(): Promise<void>;
}

export const strictPolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
} as const;
