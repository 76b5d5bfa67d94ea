import { HttpError, problemOfError } from '@shop/service/http/errors';
import type { Logger } from '@shop/service/logging/logger';
import { type Response, Router } from 'express';
import { z } from 'zod';
import type { Assistant } from './assistant.ts';
import { clientSignal, EventStream } from './event-stream.ts';
import { type ChatEvent, collect } from './events.ts';
import { Turnstile } from './turnstile.ts';

const chatBody = z.strictObject({
  message: z.string().trim().min(1).max(2000),
  sessionId: z
    .string()
    .regex(/^[A-Za-z0-9-]{8,64}$/)
    .optional(),
});

/** Passes the events on and writes one line about the question when it is answered. */
async function* logged(events: AsyncIterable<ChatEvent>, log: Logger): AsyncGenerator<ChatEvent> {
  let sources: string[] = [];
  for await (const event of events) {
    if (event.type === 'citations') sources = event.citations.map(({ id }) => id);
    if (event.type === 'done') {
      const { sessionId, abstained, degraded } = event;
      log.info({ sessionId, abstained, degraded, sources }, abstained ? 'question not answered' : 'question answered');
    }
    yield event;
  }
}

/** What fails before the first event is the caller's to answer; what fails later is told in the stream. */
async function stream(
  events: AsyncIterable<ChatEvent>,
  rest: Turnstile,
  response: Response,
  signal: AbortSignal,
  log: Logger,
) {
  const output = new EventStream(response);
  try {
    let spoken = false;
    for await (const { type, ...data } of events) {
      await output.send(type, data, signal);
      if (type === 'token' && !spoken) await rest.pass();
      spoken ||= type === 'token';
    }
  } catch (error) {
    if (signal.aborted) {
      log.info('the client left before the answer was complete');
      return;
    }
    if (!response.headersSent) throw error;
    log.error({ err: error }, 'the answer broke off');
    await output.send('error', problemOfError(error), signal);
  }
  output.end();
}

/** `POST /chat {message, sessionId?}`: server-sent events, or with `accept: application/json` the whole answer at once. */
export function chatRoutes(assistant: Assistant, logger: Logger): Router {
  const log = logger.child({ logger: 'chat', module: 'chat/routes' });
  // Who has the first words of an answer waits for the rest until those have theirs who have asked meanwhile.
  const rest = new Turnstile();
  const router = Router();
  router.post('/chat', async (request, response) => {
    const { message, sessionId } = chatBody.parse(request.body);
    const type = request.accepts(['text/event-stream', 'application/json']);
    if (type === false)
      throw new HttpError(406, 'not_acceptable', 'Answers are text/event-stream or application/json.');
    const signal = clientSignal(response);
    const events = logged(assistant.ask(message, sessionId, signal), log);
    if (type === 'application/json') response.json(await collect(events));
    else await stream(events, rest, response, signal, log);
  });
  return router;
}
