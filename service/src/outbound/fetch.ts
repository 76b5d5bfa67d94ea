import { currentContext, type OutgoingTrace } from '../logging/context.ts';
import { correlationHeader } from '../logging/correlation.ts';
import { currentCall } from './call.ts';

/** `Retry-After` as milliseconds: seconds, or a date. */
export function retryAfterMs(header: string | null, now = Date.now()): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

type Input = Parameters<typeof fetch>[0];

function headersOf(input: Input, init: RequestInit | undefined, trace: OutgoingTrace | undefined): Headers {
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
  const correlationId = currentContext()?.correlationId;
  if (correlationId !== undefined) headers.set(correlationHeader, correlationId);
  for (const [name, value] of Object.entries(trace?.headers ?? {})) headers.set(name, value);
  return headers;
}

function beginTrace(input: Input, init: RequestInit | undefined): OutgoingTrace | undefined {
  const request = input instanceof Request ? input : { url: input, method: 'GET' };
  return currentContext()?.outgoing?.(init?.method ?? request.method, new URL(request.url));
}

/**
 * `fetch` for other systems: carries the correlation id and the trace, ends with the call it belongs to, notes the answer's status
 * there, and follows no redirect, as that would take keys elsewhere.
 */
export const outboundFetch: typeof fetch = async (input, init) => {
  const call = currentCall();
  const signals = [init?.signal, call?.signal].filter((signal) => signal !== undefined && signal !== null);
  const signal = signals.length === 0 ? null : AbortSignal.any(signals);
  const trace = beginTrace(input, init);
  const headers = headersOf(input, init, trace);
  let response: Response;
  try {
    response = await fetch(input, { ...init, headers, signal, redirect: 'error' });
  } catch (error) {
    trace?.end(undefined);
    throw error;
  }
  trace?.end(response.status);
  if (call !== undefined) {
    call.status = response.status;
    call.retryAfterMs = retryAfterMs(response.headers.get('retry-after'));
  }
  return response;
};
