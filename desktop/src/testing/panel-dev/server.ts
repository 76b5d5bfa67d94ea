import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { assetSegments } from '#kit/asset-path.ts';
import { mediaType, pageHeaders } from '#kit/page-policy.ts';
import { addressOf, answerDoor, doors } from './doors.ts';
import { callerOf, fakeCore } from './fake-core.ts';
import { scenes } from './scenes.ts';

export const builtPanel = join(import.meta.dirname, '../../../out/renderer');

/** Serves the built panel over made-up data; the token of the link names the scene. For development only. */
export async function servePanel(
  directory: string,
  port: number,
): Promise<{ port: number; close: () => void; drop: () => void }> {
  const server = createServer((request, response) => {
    const answer = async () => {
      if (answerDoor(request, response)) return;
      const url = new URL(request.url ?? '/', 'http://panel');
      if (url.pathname === '/session') {
        const chunks: Buffer[] = [];
        for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
        const given = /"(token|session)":"([\w-]+)"/.exec(Buffer.concat(chunks).toString());
        const known = given?.[2] !== undefined && given[2] in scenes;
        return response
          .writeHead(known ? 200 : 401, pageHeaders)
          .end(known ? JSON.stringify({ session: given[2], token: 'x' }) : '');
      }
      const segments = assetSegments(url.pathname) ?? ['index.html'];
      const body = await readFile(join(directory, ...segments));
      return response.writeHead(200, { ...pageHeaders, 'Content-Type': mediaType(segments.at(-1) ?? '') }).end(body);
    };
    answer().catch(() => response.writeHead(404).end());
  });
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'quayside' });
  server.on('upgrade', (request, socket, head) => {
    const scene = /session\.([\w-]+)/.exec(request.headers['sec-websocket-protocol'] ?? '')?.[1] ?? '';
    if (!(scene in scenes)) return void socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (accepted) => {
      void new RPCHandler(fakeCore(scene)).upgrade(accepted, { context: callerOf(scene) });
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  const drop = () => {
    for (const client of sockets.clients) client.terminate();
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    drop,
    close: () => {
      drop();
      server.close();
      server.closeAllConnections();
    },
  };
}

if (import.meta.main) {
  const { port } = await servePanel(builtPanel, Number(process.argv[2] ?? 8610));
  if (process.send === undefined)
    console.log([...Object.keys(scenes), ...Object.keys(doors)].map((name) => addressOf(port, name)).join('\n'));
  process.send?.(port);
  // Whoever started it to take pictures has ended.
  process.once('disconnect', () => process.exit());
}
