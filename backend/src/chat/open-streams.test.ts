import { createLoadShed } from '@shop/service/http/load-shed';
import { drain } from '@shop/service/http/server';
import { expect, test } from 'vitest';
import { modelOf, serveChat } from '../testing/chat.ts';
import { parseEvents, postChat } from '../testing/events.ts';

/** A model that says one word and waits until it may say the second. */
function waiting() {
  const second = Promise.withResolvers<undefined>();
  const model = modelOf(async function* () {
    yield { type: 'text', text: 'first ' };
    await second.promise;
    yield { type: 'text', text: 'second' };
  });
  const goOn = () => {
    second.resolve(undefined);
  };
  return { model, goOn };
}

/** An answer that has begun: its first piece is there. Resolves to how the rest of it is read. */
async function begin(url: string) {
  const { body } = await postChat(url, { message: 'tent' });
  const pieces: string[] = [];
  const reader = (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
  pieces.push((await reader.read()).value ?? '');
  return async () => {
    for (let next = await reader.read(); !next.done; next = await reader.read()) pieces.push(next.value);
    return parseEvents(pieces);
  };
}

test('an answer that is still streamed counts as running: one too many is refused, the others come to their end', async () => {
  const { model, goOn } = waiting();
  const shed = createLoadShed({ maxDelayMs: 60_000, maxRunning: 2 });
  const { url, close } = await serveChat({ model, gate: shed.handler });
  const running = [await begin(url), await begin(url)];
  const refused = await postChat(url, { message: 'tent' });
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(await refused.json()).toMatchObject({ status: 503, code: 'overloaded' });
  goOn();
  for (const finish of running) expect((await finish()).at(-1)?.name).toBe('done');
  await expect.poll(async () => (await postChat(url, { message: 'tent' })).status).toBe(200);
  shed.stop();
  await close();
});

test('a service that stops lets the answers that it streams come to their end and takes no more', async () => {
  const { model, goOn } = waiting();
  const { url, server } = await serveChat({ model });
  const finish = await begin(url);
  const drained = drain(server, { delayMs: 0, graceMs: 60_000 });
  await expect
    .poll(() =>
      postChat(url, { message: 'tent' }).then(
        () => 'answered',
        () => 'refused',
      ),
    )
    .toBe('refused');
  goOn();
  const events = await finish();
  expect(events.map(({ name }) => name)).toEqual(['session', 'token', 'token', 'citations', 'products', 'done']);
  await drained;
});
