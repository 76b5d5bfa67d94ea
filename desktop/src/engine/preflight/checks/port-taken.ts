import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { Protocol } from './wanted-ports.ts';

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function tryTcp(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => {
      resolve(codeOf(error));
    });
    server.listen({ host, port, exclusive: true, ipv6Only: true }, () => {
      server.close(() => {
        resolve('');
      });
    });
  });
}

function tryUdp(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = host.includes(':') ? createSocket({ type: 'udp6', ipv6Only: true }) : createSocket('udp4');
    socket.once('error', (error) => {
      socket.close();
      resolve(codeOf(error));
    });
    socket.bind({ address: host, port, exclusive: true }, () => {
      socket.close(() => {
        resolve('');
      });
    });
  });
}

/** One attempt at a time: two at once on the same port would take each other for another program. */
let attempts: Promise<unknown> = Promise.resolve();

/** Whether something on this machine listens there. It is tried out: whoever may not bind low ports gets no answer, which counts as free. */
export function isTaken(hostIp: string, port: number, protocol: Protocol): Promise<boolean> {
  const answer = attempts.then(() => tryOut(hostIp, port, protocol));
  attempts = answer.catch(() => undefined);
  return answer;
}

async function tryOut(hostIp: string, port: number, protocol: Protocol): Promise<boolean> {
  if (protocol === 'sctp') return false;
  const hosts = hostIp === '' ? ['0.0.0.0', '::'] : [hostIp.replace(/^\[|\]$/g, '')];
  for (const host of hosts) {
    const code = await (protocol === 'udp' ? tryUdp : tryTcp)(host, port);
    if (code === 'EADDRINUSE') return true;
  }
  return false;
}
