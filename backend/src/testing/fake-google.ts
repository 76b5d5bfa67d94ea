import { z } from 'zod';
import { fakeVectors, inPieces, obedient, type Script } from './fake-answers.ts';
import { type Cut, type FakeAnswer, sendEvents, sendJson, startFake } from './fake-server.ts';

const content = z.object({ parts: z.array(z.object({ text: z.string() })).min(1) });
const generateBody = z.object({ systemInstruction: content, contents: z.array(content).min(1) });
const embedding = z.object({ content, outputDimensionality: z.number().default(3072) });
const batchBody = z.object({ requests: z.array(embedding).min(1) });

const textOf = ({ parts }: z.infer<typeof content>) => parts.map(({ text }) => text).join('');

const failure = (code: number, status: string, message: string) => ({ error: { code, message, status } });

function chunks(said: string): string[] {
  const chunk = (text: string, finish: object) =>
    JSON.stringify({
      candidates: [{ content: { parts: [{ text }], role: 'model' }, index: 0, ...finish }],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
      modelVersion: 'gemini-fake',
    });
  return [...inPieces(said).map((text) => chunk(text, {})), chunk('', { finishReason: 'STOP' })];
}

async function embed(requests: readonly z.infer<typeof embedding>[]) {
  const dimensions = requests[0]?.outputDimensionality ?? 0;
  const vectors = await fakeVectors(
    requests.map((request) => textOf(request.content)),
    dimensions,
  );
  return vectors.map((values) => ({ values }));
}

/** A fake of Google Gemini: streamed content, embeddings and the list of models, behind a key. */
export async function startFakeGoogle(apiKey: string) {
  const control: { script: Script; cut: Cut | undefined } = { script: obedient, cut: undefined };
  const answer: FakeAnswer = async ({ method, url, headers, body }, response) => {
    const { pathname } = url;
    if (headers['x-goog-api-key'] !== apiKey) {
      sendJson(response, 400, failure(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.'));
    } else if (method === 'GET' && pathname === '/v1beta/models') {
      sendJson(response, 200, { models: [{ name: 'models/gemini-flash-latest' }] });
    } else if (pathname.endsWith(':batchEmbedContents')) {
      sendJson(response, 200, { embeddings: await embed(batchBody.parse(body).requests) });
    } else if (pathname.endsWith(':embedContent')) {
      sendJson(response, 200, { embedding: (await embed([embedding.parse(body)]))[0] });
    } else if (pathname.endsWith(':streamGenerateContent') && url.searchParams.get('alt') === 'sse') {
      const last = generateBody.parse(body).contents.at(-1);
      await sendEvents(response, chunks(control.script(last === undefined ? '' : textOf(last))), control.cut);
    } else sendJson(response, 404, failure(404, 'NOT_FOUND', `${method} ${pathname} is not found`));
  };
  const fake = await startFake(answer);
  return { ...fake, control, baseUrl: `${fake.url}/v1beta` };
}
