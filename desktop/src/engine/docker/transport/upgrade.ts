import { Socket } from 'node:net';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { cancelledError, timeoutError } from '../errors.ts';
import type { PlainAnswer, UpgradeOptions } from '../transport.ts';
import type { Dialer } from './modem.ts';

interface Upgrade {
  readonly request: UpgradeOptions;
  readonly dialer: Dialer;
  /** Path with version prefix. */
  readonly path: string;
  /** Ends the connection that was handed over, too. */
  readonly ended: AbortSignal;
}

/** Asks for another protocol: the bare connection, or the answer by which the engine refused. */
export async function openUpgrade(upgrade: Upgrade): Promise<Socket | PlainAnswer> {
  const { request, dialer, path, ended } = upgrade;
  const cancelled = (): boolean => request.signal?.aborted === true;
  if (cancelled()) throw cancelledError();
  const late = AbortSignal.timeout(request.deadlineMs);
  const signal = AbortSignal.any([late, ended, ...(request.signal === undefined ? [] : [request.signal])]);
  try {
    const dial = { method: 'POST', path, query: {}, headers: request.headers, body: undefined, signal };
    const answer = await dialer.upgrade(dial, request.protocol);
    return answer instanceof Socket ? own(answer, ended) : refusal(answer);
  } catch (error) {
    if (cancelled()) throw cancelledError();
    if (late.aborted) throw timeoutError({ method: 'POST', path: request.path }, request.deadlineMs);
    throw error;
  }
}

/** An answer to somebody who wanted another protocol although the status is no error. */
export function notUpgraded({ path, protocol }: UpgradeOptions, status: number): QuaysideError {
  return new QuaysideError('ENGINE_PROTOCOL', say`HTTP ${status} to POST ${path} did not switch to ${protocol}.`, {
    remedy: say`Check whether a proxy between here and the Docker Engine takes the header \`Upgrade\` away.`,
  });
}

type Answer = Exclude<Awaited<ReturnType<Dialer['upgrade']>>, Socket>;

function refusal(answer: Answer): PlainAnswer {
  return {
    status: answer.statusCode ?? 0,
    headers: {},
    body: answer,
    destroy: () => {
      answer.destroy();
    },
  };
}

function own(socket: Socket, ended: AbortSignal): Socket {
  const end = (): void => {
    socket.destroy();
  };
  ended.addEventListener('abort', end, { once: true });
  // Kept for good: a connection that fails without a listener ends the process.
  socket.on('error', () => undefined);
  socket.once('close', () => {
    ended.removeEventListener('abort', end);
  });
  return socket;
}
