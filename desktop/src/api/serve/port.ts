import { setImmediate as nextTurn } from 'node:timers/promises';
import { owner } from '../access.ts';
import { servePeer } from './peer.ts';
import type { ServedRouter, Wire, WireData } from './types.ts';

/** The part that Node's MessagePort and Electron's MessagePortMain share. */
export interface ServablePort {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: WireData): void;
  start(): void;
  close(): void;
}

/** A port has no back-pressure, so a source that is always ready would keep the event loop to itself. */
const sendsPerTurn = 16;

/** Serves the router over a message port until either side closes it. A port leads to this process alone, so its holder is the owner. */
export function servePort(router: ServedRouter, port: ServablePort): void {
  servePeer(router, portWire(port), owner);
  port.start();
}

function portWire(port: ServablePort): Wire {
  let sent = 0;
  return {
    async send(data) {
      port.postMessage(data);
      sent += 1;
      if (sent % sendsPerTurn === 0) await nextTurn();
    },
    onMessage(listener) {
      port.on('message', (message) => {
        const data = payloadOf(message);
        if (typeof data === 'string' || data instanceof Uint8Array) listener(data);
        else port.close();
      });
    },
    onClose(listener) {
      port.on('close', listener);
    },
    refuse() {
      port.close();
    },
  };
}

/** Node hands over the value itself, Electron wraps it in an event. */
function payloadOf(message: unknown): unknown {
  const wrapped =
    typeof message === 'object' && message !== null && !(message instanceof Uint8Array) && 'data' in message;
  return wrapped ? message.data : message;
}
