import { connect } from 'node:net';

/** The first answer on a connection: its status line's number, its head in lower case, its body as text. */
export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Writes bytes to a port of this machine and reads until the peer closes or the answer is complete; 0 = no answer. */
export function rawRequest(port: number, text: string, waitMs = 5_000): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    const finish = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(parse(received));
    };
    const timer = setTimeout(finish, waitMs);
    socket.on('connect', () => socket.write(text));
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (isComplete(received)) finish();
    });
    socket.on('error', finish);
    socket.on('close', finish);
  });
}

function isComplete(received: string): boolean {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /content-length: (\d+)/i.exec(received.slice(0, end))?.[1];
  return length === undefined || received.length - end - 4 >= Number(length);
}

function parse(received: string): RawAnswer {
  const end = received.indexOf('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(received)?.[1] ?? 0),
    head: received.slice(0, end).toLowerCase(),
    body: end < 0 ? '' : received.slice(end + 4),
  };
}
