import { appCore } from './app.ts';
import { strict } from './strict.ts';

type Handler = (request: Request) => Response | Promise<Response>;
interface CustomScheme {
  readonly scheme: string;
  readonly privileges?: { readonly standard?: boolean; readonly secure?: boolean };
}

const schemes = new Map<string, CustomScheme>();
const handlers = new Map<string, Handler>();

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(added: readonly CustomScheme[]): void {
    if (appCore.isReady()) throw new Error('electron double: registerSchemesAsPrivileged() after ready');
    for (const scheme of added) schemes.set(scheme.scheme, scheme);
  },
  handle(scheme: string, handler: Handler): void {
    if (!appCore.isReady()) throw new Error('electron double: protocol.handle() before ready');
    if (handlers.has(scheme)) throw new Error(`electron double: ${scheme} is handled already`);
    handlers.set(scheme, handler);
  },
});

/**
 * Chromium loads no scheme of ours, so a page at app://NAME is loaded from https://NAME, which never reaches a network:
 * its requests are answered by the app's own handler. Both are standard and secure; only the address differs.
 */
export function standInAddress(address: string): string {
  const url = new URL(address);
  const scheme = schemes.get(url.protocol.slice(0, -1));
  if (scheme?.privileges?.standard !== true || scheme.privileges.secure !== true) {
    throw new Error(`electron double: ${url.protocol} is not a registered standard and secure scheme`);
  }
  return `https:${address.slice(url.protocol.length)}`;
}

/** The address as the app knows it; addresses outside of handled schemes stay as they are. */
export function realAddress(address: string): string {
  const url = URL.parse(address);
  const [scheme] = handlers.keys();
  const standsIn = scheme !== undefined && url?.protocol === 'https:' && !url.hostname.includes('.');
  return standsIn ? `${scheme}:${address.slice('https:'.length)}` : address;
}

/** Lets the app's handler answer a request of the page; undefined where none is registered for it. */
export async function answerFromApp(method: string, address: string): Promise<Response | undefined> {
  const real = realAddress(address);
  const handler = handlers.get(new URL(real).protocol.slice(0, -1));
  return handler?.(new Request(real, { method }));
}
