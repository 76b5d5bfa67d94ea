import { MessageChannel, type MessagePort, type Transferable } from 'node:worker_threads';
import { StrictEmitter, strict } from './strict.ts';

const behind = new WeakMap<object, MessagePort>();

/** Electron's MessagePortMain over a Node port: values come wrapped in an event, and only after `start()`. */
class MessagePortMain extends StrictEmitter {
  readonly #port: MessagePort;
  #started = false;

  constructor(port: MessagePort) {
    super('MessagePortMain', ['message', 'close']);
    this.#port = port;
    port.on('close', () => this.emit('close'));
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
  }

  postMessage(message: unknown, transfer: readonly object[] = []): void {
    this.#port.postMessage(message, transfer.map(portBehind));
  }

  close(): void {
    this.#port.close();
  }
}

/** Wraps a Node port the way Electron hands it to the main process and to utility processes. */
export function wrapPort(port: MessagePort): object {
  const wrapped = strict('MessagePortMain', new MessagePortMain(port));
  behind.set(wrapped, port);
  return wrapped;
}

/** The Node port inside, which is what can really be transferred to a thread. */
export function portBehind(wrapped: object): Transferable {
  const port = behind.get(wrapped);
  if (!port) throw new Error('electron double: only a MessagePortMain can be transferred');
  return port;
}

/** Called with `new`: two ends in the main process, each of which can be handed on. */
export const MessageChannelMain = strict('MessageChannelMain', function createChannel(): object {
  const { port1, port2 } = new MessageChannel();
  return strict('MessageChannelMain', { port1: wrapPort(port1), port2: wrapPort(port2) });
});
