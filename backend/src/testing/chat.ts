import { once } from 'node:events';
import { errorHandler } from '@shop/service/http/errors';
import { createLimitedServer, listen } from '@shop/service/http/server';
import { correlation } from '@shop/service/logging/correlation';
import { createLogger } from '@shop/service/logging/logger';
import { captureLines } from '@shop/service/testing/capture';
import express, { type RequestHandler } from 'express';
import { entriesOf } from '../catalogue/passages.ts';
import type { Product } from '../catalogue/schema.ts';
import { Assistant } from '../chat/assistant.ts';
import { MemorySessions } from '../chat/memory-sessions.ts';
import type { ChatModel, ChatPart, Passage, Retriever } from '../chat/ports.ts';
import { chatRoutes } from '../chat/routes.ts';
import { Language } from '../retrieval/language.ts';

const tent: Product = {
  id: 'test-tent',
  name: 'Test Tent',
  category: 'Camping',
  price: 100,
  currency: 'EUR',
  stock: 1,
  rating: 4,
  description: 'A tent.',
  features: [],
};
const passage: Passage = { id: tent.id, kind: 'product', title: tent.name, text: tent.description };

/** Finds the one tent, whatever the question. */
const oneTent: Retriever = {
  retrieve: () => Promise.resolve({ matches: [{ passage, score: 1 }], confidence: 1, degraded: false }),
};

export function modelOf(answer: (signal: AbortSignal) => AsyncIterable<ChatPart>): ChatModel {
  return { name: 'llm', ping: () => Promise.resolve(), answer: (_request, signal) => answer(signal) };
}

export interface ChatParts {
  readonly model: ChatModel;
  readonly retriever?: Retriever;
  /** What every request has to pass first. */
  readonly gate?: RequestHandler;
}

const open: RequestHandler = (_request, _response, next) => {
  next();
};

/** The chat alone on a free port, over parts of the test's own. */
export async function serveChat({ gate = open, ...parts }: ChatParts) {
  const log = captureLines();
  const logger = createLogger({ service: 's', version: '1', level: 'info', destination: log });
  const catalogue = { products: [tent], articles: [], synonyms: {}, needs: {} };
  const language = new Language(entriesOf(catalogue), {});
  const assistant = new Assistant({
    catalogue,
    language,
    retriever: oneTent,
    sessions: new MemorySessions(),
    ...parts,
  });
  const app = express();
  app.use(correlation(), gate, express.json(), chatRoutes(assistant, logger), errorHandler(logger));
  const server = createLimitedServer(app);
  const port = await listen(server, '127.0.0.1', 0);
  const close = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { url: `http://127.0.0.1:${port}/chat`, lines: log.lines, server, close };
}
