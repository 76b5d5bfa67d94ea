import { RPCLink } from '@orpc/client/message-port';
import type { OpenWire } from './wire.ts';

/** A transport over a MessagePort, one end of which is handed to the desktop host through the window. */
export function messagePortWire(target: Window): OpenWire {
  return () => {
    const { port1, port2 } = new MessageChannel();
    target.postMessage('quayside:connect', target.location.origin, [port2]);
    const { promise: closed, resolve } = Promise.withResolvers<undefined>();
    port1.addEventListener(
      'close',
      () => {
        resolve(undefined);
      },
      { once: true },
    );
    const link = new RPCLink({ port: port1 });
    port1.start();
    const close = () => {
      port1.close();
      resolve(undefined);
    };
    return Promise.resolve({ link, closed, close });
  };
}
