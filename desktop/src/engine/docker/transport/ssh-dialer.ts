import type { Endpoint } from '../types.ts';
import { createDialer, type Dialer } from './modem.ts';
import { openSshTunnel, type SshTunnel } from './ssh-tunnel.ts';

interface Connected {
  readonly tunnel: SshTunnel;
  readonly dialer: Dialer;
}

/** A dialer through an SSH connection, which is made on first use and again when it has broken. */
export function createSshDialer(endpoint: Endpoint): Dialer {
  let made: Promise<Connected> | undefined;
  let closed = false;
  const connect = async (): Promise<Connected> => {
    const tunnel = await openSshTunnel(endpoint.url);
    return { tunnel, dialer: await createDialer({ ...endpoint, url: `unix://${tunnel.socketPath}` }) };
  };
  const current = async (): Promise<Dialer> => {
    const known = await made?.catch(() => undefined);
    if (known?.tunnel.isOpen() === true) return known.dialer;
    known?.dialer.close();
    made = connect();
    const { tunnel, dialer } = await made;
    if (closed) tunnel.close();
    return dialer;
  };
  // One after the other, so that many requests at once share one connection.
  let turn: Promise<unknown> = Promise.resolve();
  const next = (): Promise<Dialer> => {
    const mine = turn.then(current);
    turn = mine.catch(() => undefined);
    return mine;
  };
  return {
    dial: async (options) => (await next()).dial(options),
    upgrade: async (options, protocol) => (await next()).upgrade(options, protocol),
    close() {
      closed = true;
      void made?.then(
        ({ tunnel, dialer }) => {
          dialer.close();
          tunnel.close();
        },
        () => undefined,
      );
    },
  };
}
