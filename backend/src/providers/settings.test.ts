import { ConfigurationError } from '@shop/service/config/errors';
import { loadConfig } from '@shop/service/config/load';
import { describe, expect, test } from 'vitest';
import { configDefinition } from '../config.ts';
import { choose } from './choice.ts';

const key = 'a-key-of-a-provider';
const load = (env: Record<string, string>) => loadConfig(configDefinition, env, '/nonexistent');

function issuesOf(env: Record<string, string>): string[] {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.issues.map((issue) => issue.split(':')[0] ?? '').sort();
    throw error;
  }
  return [];
}

const pinecone = { PINECONE_API_KEY: key, PINECONE_INDEX: 'shop' };
const openai = { OPENAI_API_KEY: key };
const google = { GOOGLE_API_KEY: key };

describe('choice', () => {
  test.each([
    [{}, { chat: 'embedded', vectors: 'embedded', embeddings: 'embedded' }],
    [openai, { chat: 'openai', vectors: 'embedded', embeddings: 'embedded' }],
    [google, { chat: 'google', vectors: 'embedded', embeddings: 'embedded' }],
    [pinecone, { chat: 'embedded', vectors: 'pinecone', embeddings: 'embedded' }],
    [
      { ...openai, ...pinecone },
      { chat: 'openai', vectors: 'pinecone', embeddings: 'openai' },
    ],
    [
      { ...google, ...pinecone },
      { chat: 'google', vectors: 'pinecone', embeddings: 'google' },
    ],
    [
      { ...openai, ...google, ...pinecone, LLM_PROVIDER: 'google' },
      { chat: 'google', vectors: 'pinecone', embeddings: 'google' },
    ],
    [
      { ...openai, ...google, ...pinecone, LLM_PROVIDER: 'google', EMBEDDING_PROVIDER: 'openai' },
      { chat: 'google', vectors: 'pinecone', embeddings: 'openai' },
    ],
    [
      { ...openai, ...pinecone, LLM_PROVIDER: 'embedded' },
      { chat: 'embedded', vectors: 'pinecone', embeddings: 'openai' },
    ],
    [
      { ...openai, ...pinecone, EMBEDDING_PROVIDER: 'embedded' },
      { chat: 'openai', vectors: 'pinecone', embeddings: 'embedded' },
    ],
  ])('%j', (env: Record<string, string>, expected) => {
    expect(choose(load(env))).toEqual(expected);
  });
});

describe('what does not go together', () => {
  test.each([
    [{ LLM_PROVIDER: 'openai' }, ['OPENAI_API_KEY']],
    [{ ...openai, LLM_PROVIDER: 'google' }, ['GOOGLE_API_KEY']],
    [{ ...openai, ...google }, ['LLM_PROVIDER']],
    [{ ...openai, ...google, ...pinecone, LLM_PROVIDER: 'embedded' }, ['EMBEDDING_PROVIDER']],
    [{ ...openai, EMBEDDING_PROVIDER: 'openai' }, ['PINECONE_API_KEY']],
    [{ PINECONE_INDEX: 'shop' }, ['PINECONE_API_KEY']],
    [{ PINECONE_INDEX_URL: 'https://shop.example' }, ['PINECONE_API_KEY']],
    [{ PINECONE_API_KEY: key }, ['PINECONE_INDEX']],
    [{ LLM_MODEL: 'gpt-x' }, ['LLM_MODEL']],
    [{ ...openai, EMBEDDING_MODEL: 'x' }, ['EMBEDDING_MODEL']],
    [{ ...pinecone, EMBEDDING_DIMENSIONS: '512' }, ['EMBEDDING_DIMENSIONS']],
    [{ ...openai, OPENAI_BASE_URL: 'ftp://x' }, ['OPENAI_BASE_URL']],
    [{ OPENAI_API_KEY: 'short' }, ['OPENAI_API_KEY']],
  ])('%j', (env: Record<string, string>, expected) => {
    expect(issuesOf(env)).toEqual(expected);
  });

  test('is told all at once, also beside values that are wrong themselves, and without the keys', () => {
    const env = {
      PORT: 'x',
      LLM_PROVIDER: 'openai',
      EMBEDDING_PROVIDER: 'google',
      PINECONE_API_KEY: key,
      LLM_TIMEOUT_MS: '1',
    };
    expect(issuesOf(env)).toEqual(['GOOGLE_API_KEY', 'LLM_TIMEOUT_MS', 'OPENAI_API_KEY', 'PINECONE_INDEX', 'PORT']);
    expect(() => load(env)).not.toThrow(key);
  });
});
