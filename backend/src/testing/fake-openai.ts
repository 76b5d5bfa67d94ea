import { z } from 'zod';
import { fakeVectors, inPieces, obedient, type Script } from './fake-answers.ts';
import { type Cut, type FakeAnswer, type FakeRequest, sendEvents, sendJson, startFake } from './fake-server.ts';

const chatBody = z.object({
  model: z.string(),
  stream: z.literal(true),
  messages: z.array(z.object({ role: z.string(), content: z.string() })).min(2),
});
const embeddingsBody = z.object({
  model: z.string(),
  input: z.array(z.string()).min(1),
  dimensions: z.number().default(1536),
});

const failure = (message: string, code: string) => ({
  error: { message, type: 'invalid_request_error', param: null, code },
});

function chunks(model: string, said: string): string[] {
  const base = { id: 'chatcmpl-fake', object: 'chat.completion.chunk', created: 1_700_000_000, model };
  const chunk = (delta: object, finish_reason: string | null) =>
    JSON.stringify({ ...base, choices: [{ index: 0, delta, finish_reason }] });
  return [
    chunk({ role: 'assistant', content: '' }, null),
    ...inPieces(said).map((content) => chunk({ content }, null)),
    chunk({}, 'stop'),
    '[DONE]',
  ];
}

async function embeddings(request: FakeRequest) {
  const { model, input, dimensions } = embeddingsBody.parse(request.body);
  const vectors = await fakeVectors(input, dimensions);
  const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }));
  return { object: 'list', model, data, usage: { prompt_tokens: 1, total_tokens: 1 } };
}

/** A fake of OpenAI: chat completions as a stream, embeddings and the list of models, behind a key. */
export async function startFakeOpenAi(apiKey: string) {
  const control: { script: Script; cut: Cut | undefined } = { script: obedient, cut: undefined };
  const answer: FakeAnswer = async (request, response) => {
    const { method, url, headers, body } = request;
    if (headers.authorization !== `Bearer ${apiKey}`) {
      sendJson(response, 401, failure(`Incorrect API key provided: ${headers.authorization ?? ''}`, 'invalid_api_key'));
    } else if (method === 'GET' && url.pathname === '/v1/models') {
      sendJson(response, 200, { object: 'list', data: [{ id: 'gpt-4.1-mini', object: 'model' }] });
    } else if (method === 'POST' && url.pathname === '/v1/embeddings') {
      sendJson(response, 200, await embeddings(request));
    } else if (method === 'POST' && url.pathname === '/v1/chat/completions') {
      const { model, messages } = chatBody.parse(body);
      await sendEvents(response, chunks(model, control.script(messages.at(-1)?.content ?? '')), control.cut);
    } else sendJson(response, 404, failure(`Invalid URL (${method} ${url.pathname})`, 'unknown_url'));
  };
  const fake = await startFake(answer);
  return { ...fake, control, baseUrl: `${fake.url}/v1` };
}
