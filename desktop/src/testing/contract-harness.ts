import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { createRouter } from '#api/router.ts';
import { serveInProcess } from '#api/serve/in-process.ts';
import { servePort } from '#api/serve/port.ts';
import type { CoreClient } from '#contract/index.ts';
import type { Engine } from '#engine/types.ts';
import { createWebHost } from '#hosts/web/index.ts';
import { clientOver, openSocket, signIn } from './panel-socket.ts';

/** One way to reach an engine, as the contract suite sees it. */
export interface Carrier {
  readonly name: string;
  /** Serves the engine and connects to it. */
  connect(engine: Engine): Promise<Connection>;
}

export interface Connection {
  readonly client: CoreClient;
  /** Sends bytes that are no message; absent where there is no wire. */
  readonly sendRaw?: (data: string) => void;
  /** Cuts the connection the way a closed tab does; absent where there is no wire. */
  readonly cut?: () => void;
  /** Stops and starts reading what the other side sends; absent where that cannot be done. */
  readonly pause?: () => void;
  readonly resume?: () => void;
  close(): Promise<void>;
}

const inProcess: Carrier = {
  name: 'in-process',
  connect: (engine) =>
    Promise.resolve({ client: serveInProcess(createRouter(engine)), close: () => Promise.resolve() }),
};

const messagePort: Carrier = {
  name: 'MessagePort',
  connect(engine) {
    const { port1, port2 } = new MessageChannel();
    servePort(createRouter(engine), port1);
    const client: CoreClient = createORPCClient(new PortLink({ port: port2 }));
    port2.start();
    return Promise.resolve({
      client,
      sendRaw: (data) => {
        port2.postMessage(data);
      },
      cut: () => {
        port2.close();
      },
      close: () => {
        port2.close();
        return Promise.resolve();
      },
    });
  },
};

const webSocket: Carrier = {
  name: 'WebSocket',
  async connect(engine) {
    const host = await createWebHost({ engine, port: 0, staticDir: '/nowhere' });
    const origin = `http://127.0.0.1:${host.port}`;
    const socket = await openSocket(origin, await signIn(host.link()));
    return {
      client: clientOver(socket),
      sendRaw: (data) => {
        socket.send(data);
      },
      cut: () => {
        socket.terminate();
      },
      pause: () => {
        socket.pause();
      },
      resume: () => {
        socket.resume();
      },
      async close() {
        socket.terminate();
        await host.close();
      },
    };
  },
};

/** All carriers that the hosts use. */
export const carriers: readonly Carrier[] = [inProcess, messagePort, webSocket];
