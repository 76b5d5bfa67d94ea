/** Scheme and name under which the panel is loaded; `app://quayside` is its whole origin. */
export const appScheme = 'app';
export const appHost = 'quayside';

/** The only message that a page may send to the main process; one MessagePort comes with it. */
export const connectChannel = 'quayside:connect';

/** What is known about whoever sent a message. */
export interface Sender {
  /** Address of the sending frame; undefined once that frame is gone. */
  readonly url: string | undefined;
  readonly isMainFrame: boolean;
  /** The message comes from a window that this process opened. */
  readonly isKnownWindow: boolean;
  readonly ports: number;
}

/** True for the page itself, in the main frame of a window of ours, with exactly one port. */
export function isTrustedSender({ url, isMainFrame, isKnownWindow, ports }: Sender): boolean {
  if (url === undefined || !isMainFrame || !isKnownWindow || ports !== 1) return false;
  const address = URL.parse(url);
  return address?.protocol === `${appScheme}:` && address.host === appHost;
}

const externalHosts = new Set(['docs.docker.com', 'github.com']);
const loopbackHosts = new Set(['127.0.0.1', 'localhost']);

/**
 * Which links may leave for the user's browser: https to the sites that the panel's texts name, and http to published
 * ports of this machine, which is what a service's address is. Nothing with a user name in it.
 */
export function isAllowedExternal(link: string): boolean {
  const url = URL.parse(link);
  if (url?.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return url.port === '' && externalHosts.has(url.hostname);
  return url.protocol === 'http:' && url.port !== '' && loopbackHosts.has(url.hostname);
}

/** What the page may ask the browser engine for; everything else is denied. */
export function isAllowedPermission(permission: string): boolean {
  return permission === 'clipboard-sanitized-write' || permission === 'notifications';
}
