import { Connection } from './connection.ts';
import { createDoor } from './door.ts';
import { messagePortWire } from './message-port.ts';
import { createProviderDoor } from './provider-door.ts';
import { createSession } from './session.ts';
import { webSocketWire } from './web-socket.ts';

export type { Connection, ConnectionState } from './connection.ts';
export type { Door, Entrance } from './door.ts';
export type { ProviderDoor } from './provider-door.ts';
export type { Refused } from './refused.ts';

/** Host part of `app://quayside`, from which the desktop app loads its page; no web host has this name. */
const desktopHost = 'quayside';

/** Connects this page with its core: over a port in the desktop app, over a WebSocket in a browser. */
export function connectPage(page: Window): Connection {
  if (page.location.hostname === desktopHost) return new Connection(messagePortWire(page));
  const place = {
    location: page.location,
    history: page.history,
    storage: page.sessionStorage,
    fetch: (url: string, init: RequestInit) => page.fetch(url, init),
  };
  const reopen = () => {
    page.location.reload();
  };
  const go = (url: string) => {
    page.location.assign(url);
  };
  const door = createDoor(place, createProviderDoor(place, go, reopen), reopen);
  const connection = new Connection(webSocketWire(createSession(place), page.location.origin), door);
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
