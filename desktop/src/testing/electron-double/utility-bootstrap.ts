import { pathToFileURL } from 'node:url';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { wrapPort } from './message-port-main.ts';
import { StrictEmitter, strict } from './strict.ts';

interface Delivery {
  readonly message: unknown;
  readonly ports: readonly MessagePort[];
}

/** What `process.parentPort` is in a utility process: messages wait until somebody listens. */
class ParentPort extends StrictEmitter {
  #started = false;

  constructor() {
    super('process.parentPort', ['message']);
  }

  override on(event: string, listener: (...args: never[]) => void): this {
    super.on(event, listener);
    if (!this.#started) {
      this.#started = true;
      parentPort?.on('message', ({ message, ports }: Delivery) => {
        this.emit('message', { data: message, ports: ports.map(wrapPort) });
      });
    }
    return this;
  }

  postMessage(message: unknown): void {
    parentPort?.postMessage(message);
  }
}

Object.defineProperty(process, 'parentPort', { value: strict('process.parentPort', new ParentPort()) });
const { path } = workerData as { path: string };
await import(pathToFileURL(path).href);
