import { currentCorrelationId } from '@shop/service/logging/context';
import { Router } from 'express';
import { z } from 'zod';
import type { FileFeedback } from './file-feedback.ts';

const feedbackBody = z.strictObject({
  sessionId: z.string().regex(/^[A-Za-z0-9-]{8,64}$/),
  helpful: z.boolean(),
});

/** `POST /feedback {sessionId, helpful}` -> 204. */
export function feedbackRoutes(feedback: FileFeedback): Router {
  const router = Router();
  router.post('/feedback', async (request, response) => {
    const { sessionId, helpful } = feedbackBody.parse(request.body);
    await feedback.add({ sessionId, helpful, correlationId: currentCorrelationId() });
    response.status(204).end();
  });
  return router;
}
