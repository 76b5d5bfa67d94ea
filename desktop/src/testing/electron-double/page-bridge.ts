import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { CDPSession } from '@playwright/test';
import { z } from 'zod';
import { reportProblem } from './control.ts';
import { wrapPort } from './message-port-main.ts';
import { preloadBinding, preloadReceiver, preloadSource, preloadWorld } from './preload-runtime.ts';

const data = z.union([z.strictObject({ text: z.string() }), z.strictObject({ empty: z.literal(true) })]);
const message = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('post'), channel: z.string(), data, ports: z.array(z.number()) }),
  z.strictObject({ kind: z.literal('port-message'), id: z.number(), data }),
  z.strictObject({ kind: z.literal('port-close'), id: z.number() }),
  z.strictObject({ kind: z.literal('problem'), message: z.string() }),
]);

const frameOfContext = z.object({ frameId: z.string() });

/** A message of the preload script, with the ports as the main process gets them. */
export interface PreloadPost {
  readonly channel: string;
  readonly message: string | null;
  readonly ports: readonly object[];
}

/**
 * Runs the preload script in an isolated world of the page, which the page cannot see, and joins the ports that it sends
 * with ports of this process.
 */
export async function bridgePreload(
  cdp: CDPSession,
  script: string,
  onPost: (post: PreloadPost) => void,
): Promise<void> {
  const ports = new Map<number, MessagePort>();
  let world: string | undefined;

  const toPage = (sent: object): void => {
    if (world === undefined) return;
    const expression = `${preloadReceiver}(${JSON.stringify(sent)})`;
    // A page that is gone takes nothing any more, and its ports close with it.
    cdp.send('Runtime.evaluate', { expression, uniqueContextId: world }).catch(() => undefined);
  };
  const adopt = (id: number): object => {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, port1);
    port1.on('message', (text: unknown) => {
      if (typeof text === 'string') toPage({ kind: 'port-message', id, data: { text } });
      else reportProblem('only text crosses the bridge to the page');
    });
    port1.on('close', () => {
      if (ports.delete(id)) toPage({ kind: 'port-close', id });
    });
    return wrapPort(port2);
  };
  const fromPage = (payload: string): void => {
    const received = message.parse(JSON.parse(payload));
    if (received.kind === 'post') {
      const content = 'text' in received.data ? received.data.text : null;
      onPost({ channel: received.channel, message: content, ports: received.ports.map(adopt) });
    } else if (received.kind === 'problem') reportProblem(`the preload script threw: ${received.message}`);
    else if (received.kind === 'port-message')
      ports.get(received.id)?.postMessage('text' in received.data ? received.data.text : null);
    else {
      const port = ports.get(received.id);
      ports.delete(received.id);
      port?.close();
    }
  };

  await cdp.send('Page.enable');
  const mainFrame = (await cdp.send('Page.getFrameTree')).frameTree.frame.id;
  cdp.on('Runtime.executionContextCreated', ({ context }) => {
    const place = frameOfContext.parse(context.auxData);
    if (context.name !== preloadWorld || place.frameId !== mainFrame) return;
    closeAll(ports);
    world = context.uniqueId;
  });
  cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
    if (name === preloadBinding) fromPage(payload);
  });
  await cdp.send('Runtime.enable');
  await cdp.send('Runtime.addBinding', { name: preloadBinding, executionContextName: preloadWorld });
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { worldName: preloadWorld, source: preloadSource(script) });
}

/** A new document: the ports of the one before went with it. */
function closeAll(ports: Map<number, MessagePort>): void {
  const left = [...ports.values()];
  ports.clear();
  for (const port of left) port.close();
}
