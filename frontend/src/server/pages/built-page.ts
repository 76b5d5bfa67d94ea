import { basename } from 'node:path';
import compression from 'compression';
import express from 'express';
import { type Page, strictPolicy } from './page.ts';

/** The page as Vite built it into `directory`, compressed. Files with a hash in their name may be cached for ever. */
export function builtPage(directory: string): Page {
  const files = express.static(directory, {
    setHeaders: (response, path) => {
      const forEver = basename(path) !== 'index.html' && path.includes('assets');
      response.setHeader('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  return { handlers: [compression(), files], contentSecurityPolicy: strictPolicy, close: () => Promise.resolve() };
}
