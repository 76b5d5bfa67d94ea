import type { Logger } from '@shop/service/logging/logger';
import { Router } from 'express';
import { z } from 'zod';
import type { Assistant } from './assistant.ts';

const chatBody = z.strictObject({
  message: z.string().trim().min(1).max(2000),
  sessionId: z
    .string()
    .regex(/^[A-Za-z0-9-]{8,64}$/)
    .optional(),
});

/** `POST /chat {message, sessionId?}`. */
export function chatRoutes(assistant: Assistant, logger: Logger): Router {
  const log = logger.child({ logger: 'chat', module: 'chat/routes' });
  const router = Router();
  router.post('/chat', async (request, response) => {
    const { message, sessionId } = chatBody.parse(request.body);
    const answer = await assistant.ask(message, sessionId);
    log.info(
      { sessionId: answer.sessionId, abstained: answer.abstained, sources: answer.sources.map(({ id }) => id) },
      answer.abstained ? 'question not answered' : 'question answered',
    );
    response.json(answer);
  });
  return router;
}
