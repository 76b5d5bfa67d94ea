import { randomUUID } from 'node:crypto';
import { createLogger, type Logger } from '@shop/service/logging/logger';
import { captureLines } from '@shop/service/testing/capture';
import { z } from 'zod';
import { choose } from '../providers/choice.ts';
import { openProviders } from '../providers/open.ts';
import { type ProviderConfig, providerSettings } from '../providers/settings.ts';
import { startFakeGoogle } from './fake-google.ts';
import { startFakeOpenAi } from './fake-openai.ts';
import { startFakePinecone } from './fake-pinecone.ts';

export type ProviderOverrides = Partial<z.input<z.ZodObject<typeof providerSettings>>>;

const patient = { providerTimeoutMs: 30_000, llmTimeoutMs: 60_000, llmSilenceMs: 60_000 };

/** For tests that wait until a limit is reached. */
export const hasty = { providerTimeoutMs: 300, llmTimeoutMs: 2000, llmSilenceMs: 300 };

/** Settings with times that a busy machine does not reach. */
export function providerConfig(overrides: ProviderOverrides): ProviderConfig {
  return z.object(providerSettings).parse({ ...patient, ...overrides });
}

export function quietLogger(): { readonly logger: Logger; readonly lines: readonly string[] } {
  const destination = captureLines();
  const logger = createLogger({ service: 's', version: '1', level: 'debug', destination });
  return { logger, lines: destination.lines };
}

/** Each fake has a key of its own: the Pinecone library remembers the address of an index by the key. */
export async function startFakes() {
  const key = randomUUID();
  const [openai, google, pinecone] = await Promise.all([
    startFakeOpenAi(key),
    startFakeGoogle(key),
    startFakePinecone(key),
  ]);
  const settings = {
    openai: { openaiApiKey: key, openaiBaseUrl: openai.baseUrl },
    google: { googleApiKey: key, googleBaseUrl: google.baseUrl },
    pinecone: { pineconeApiKey: key, pineconeBaseUrl: pinecone.url, pineconeIndex: 'shop' },
  };
  const stop = async () => {
    await Promise.all([openai.stop(), google.stop(), pinecone.stop()]);
  };
  return { openai, google, pinecone, settings, key, stop };
}

export type Fakes = Awaited<ReturnType<typeof startFakes>>;

/** The parts of the providers alone, with nothing to fall back on. */
export async function openAlone(overrides: ProviderOverrides) {
  const config = providerConfig(overrides);
  const { vectors, model } = await openProviders(config, choose(config), quietLogger().logger);
  return { embedder: vectors?.embedder, store: vectors?.store, model };
}
