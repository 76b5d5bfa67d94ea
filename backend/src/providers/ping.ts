import type { Outbound } from '@shop/service/outbound/outbound';

const trustMs = 15_000;

/**
 * Whether a provider can be used, for its health: what keeps calls from being made is told at once; else `ask`, which
 * must cost nothing, looks whether it is there, and its good answer is believed for 15 s.
 */
export function createPing(outbound: Outbound, ask: () => Promise<unknown>): (signal: AbortSignal) => Promise<void> {
  let trustedUntil = 0;
  return async (signal) => {
    const trusted = performance.now() < trustedUntil;
    await outbound.probe(trusted ? () => Promise.resolve() : ask, signal);
    if (!trusted) trustedUntil = performance.now() + trustMs;
  };
}
