import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import { createServer } from 'vite';
import { type Page, strictPolicy } from './page.ts';

/** Vite adds inline scripts and styles and a web socket for reloading. */
const livePolicy = {
  ...strictPolicy,
  scriptSrc: ["'self'", "'unsafe-inline'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  connectSrc: ["'self'", 'ws:'],
};

/** The page straight from its sources in `root`, reloading in the browser when they change. For development only. */
export async function livePage(root: string, server: Server): Promise<Page> {
  const vite = await createServer({
    root,
    configFile: join(root, 'vite.config.ts'),
    configLoader: 'native',
    appType: 'custom',
    logLevel: 'warn',
    clearScreen: false,
    server: { middlewareMode: true, hmr: { server } },
  });
  const index: RequestHandler = async (request, response, next) => {
    if (request.path !== '/') {
      next();
      return;
    }
    const html = await vite.transformIndexHtml(request.originalUrl, await readFile(join(root, 'index.html'), 'utf8'));
    response.type('html').send(html);
  };
  return { handlers: [vite.middlewares, index], contentSecurityPolicy: livePolicy, close: () => vite.close() };
}
