import { currentCorrelationId } from '../logging/context.ts';
import { correlationHeader } from '../logging/correlation.ts';
import { currentCall } from './call.ts';

/** `Retry-After` as milliseconds: seconds, or a date. */
export function retryAfterMs(header: string | null, now = Date.now()): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

function headersOf(input: Parameters<typeof fetch>[0], init: RequestInit | undefined): Headers {
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
  const correlationId = currentCorrelationId();
  if (correlationId !== undefined) headers.set(correlationHeader, correlationId);
  return headers;
}

/**
 * `fetch` for other systems: carries the correlation id, ends with the call it belongs to, notes the answer's status
 * there, and follows no redirect, as that would take keys elsewhere.
 */
export const outboundFetch: typeof fetch = async (input, init) => {
  const call = currentCall();
  const signals = [init?.signal, call?.signal].filter((signal) => signal !== undefined && signal !== null);
  const signal = signals.length === 0 ? null : AbortSignal.any(signals);
  const response = await fetch(input, { ...init, headers: headersOf(input, init), signal, redirect: 'error' });
  if (call !== undefined) {
    call.status = response.status;
    call.retryAfterMs = retryAfterMs(response.headers.get('retry-after'));
  }
  return response;
};
