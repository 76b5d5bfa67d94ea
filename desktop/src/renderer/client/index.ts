import { Connection } from './connection.ts';
import { messagePortWire } from './message-port.ts';
import { createSession } from './session.ts';
import { webSocketWire } from './web-socket.ts';

export type { Connection, ConnectionState } from './connection.ts';

/** Host part of `app://quayside`, from which the desktop app loads its page; no web host has this name. */
const desktopHost = 'quayside';

/** Connects this page with its core: over a port in the desktop app, over a WebSocket in a browser. */
export function connectPage(page: Window): Connection {
  if (page.location.hostname === desktopHost) return new Connection(messagePortWire(page));
  const session = createSession({
    location: page.location,
    history: page.history,
    storage: page.sessionStorage,
    fetch: (url, init) => page.fetch(url, init),
  });
  const connection = new Connection(webSocketWire(session, page.location.origin));
  // A link pasted over an open panel changes only the fragment, for which no browser loads the page anew.
  page.addEventListener('hashchange', () => {
    if (page.location.hash.startsWith('#t=')) page.location.reload();
  });
  page.addEventListener('online', () => {
    connection.retryNow();
  });
  page.document.addEventListener('visibilitychange', () => {
    connection.retryNow();
  });
  return connection;
}
