import type { HttpReply } from '#api/serve/http.ts';

/**
 * Goes on to the panel by itself. A redirect would not do: to a browser it still comes from the provider's site, and the guard
 * refuses it; what this page opens comes from here.
 */
export const goOn = page(200, {
  head: '<meta http-equiv="refresh" content="0; url=/">',
  title: 'Signing in to Quayside',
  text: '<a href="/">Go on to the panel</a>',
});

/** For an address that is not awaited: made up, used before, too late, or of another panel. */
export const notAwaited = page(403, {
  head: '',
  title: 'This sign-in is not under way',
  text: 'It took longer than ten minutes, or its address was opened before, or the panel was started anew. <a href="/">Sign in again</a>',
});

/** Words of this file alone: nothing of a request is ever put in. */
function page(status: number, { head, title, text }: { head: string; title: string; text: string }): HttpReply {
  return {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">${head}<title>${title}</title></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>\n`,
  };
}
