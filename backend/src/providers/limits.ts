import type { Logger } from '@shop/service/logging/logger';
import { Outbound } from '@shop/service/outbound/outbound';
import type { ProviderConfig } from './settings.ts';

const failuresToOpen = 5;
const openMs = 10_000;
const retryDelayMs = 200;

export interface CallTimes {
  readonly deadlineMs: number;
  readonly silenceMs: number;
}

/** Searches are waited for by a customer, who gets the embedded result when they take too long. */
export function searchTimes({ providerTimeoutMs }: ProviderConfig): CallTimes {
  return { deadlineMs: providerTimeoutMs, silenceMs: providerTimeoutMs };
}

export function answerTimes({ llmTimeoutMs, llmSilenceMs }: ProviderConfig): CallTimes {
  return { deadlineMs: llmTimeoutMs, silenceMs: llmSilenceMs };
}

/** Nobody waits while the catalogue is indexed. */
export const indexingTimes: CallTimes = { deadlineMs: 60_000, silenceMs: 60_000 };

/** The limits for calls to one service of a provider; a change of its circuit is logged. */
export function openOutbound(
  name: string,
  times: CallTimes,
  { providerConcurrency }: ProviderConfig,
  logger: Logger,
): Outbound {
  const log = logger.child({ logger: 'providers', module: 'providers/limits' });
  return new Outbound({
    name,
    ...times,
    maxConcurrent: providerConcurrency,
    maxQueued: providerConcurrency * 2,
    failuresToOpen,
    openMs,
    retryDelayMs,
    onStateChange: (state, reason) => {
      if (state === 'closed') log.info({ provider: name }, `${name} is used again`);
      else if (state === 'open') log.warn({ provider: name, reason }, `${name} is not used for ${openMs / 1000} s`);
    },
  });
}
