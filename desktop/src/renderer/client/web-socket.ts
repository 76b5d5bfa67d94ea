import { RPCLink } from '@orpc/client/websocket';
import type { Session } from './session.ts';
import type { OpenWire } from './wire.ts';

function opened(socket: WebSocket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.addEventListener(
      'open',
      () => {
        resolve(true);
      },
      { once: true },
    );
    socket.addEventListener(
      'close',
      () => {
        resolve(false);
      },
      { once: true },
    );
  });
}

/** A transport over a WebSocket of the page's own origin; the session travels as a subprotocol, never in the address. */
export function webSocketWire(session: Session, origin: string): OpenWire {
  const address = `${origin.replace(/^http/, 'ws')}/rpc`;
  return async (signal) => {
    const secret = await session.secret();
    const socket = new WebSocket(address, ['quayside', `session.${secret}`]);
    socket.binaryType = 'arraybuffer';
    const closed = new Promise<void>((resolve) => {
      socket.addEventListener(
        'close',
        () => {
          resolve();
        },
        { once: true },
      );
    });
    if (!(await opened(socket))) {
      // Browsers hide why an upgrade was refused, so the host is asked whether it still knows the session.
      await session.check(signal);
      throw new Error('The host takes no connection now.');
    }
    return {
      link: new RPCLink({ websocket: socket }),
      closed,
      close: () => {
        socket.close();
      },
    };
  };
}
