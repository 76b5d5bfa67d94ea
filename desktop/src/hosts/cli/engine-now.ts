import type { CoreClient, EngineState } from '#contract/index.ts';

/** How Quayside stands to the engine, as soon as that is known; undefined where `signal` aborted before. */
export async function engineNow(client: CoreClient, signal: AbortSignal): Promise<EngineState | undefined> {
  const watching = new AbortController();
  const stop = AbortSignal.any([signal, watching.signal]);
  let engine: EngineState | undefined;
  for await (const state of await client.engine.watch(undefined, { signal: stop })) {
    engine = state;
    if (state.state !== 'connecting') break;
  }
  watching.abort();
  return engine;
}
