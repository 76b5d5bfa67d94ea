import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '@shop/service/http/server';
import express from 'express';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEvents } from '../testing/events.ts';
import { encodeEvent, EventStream } from './event-stream.ts';

/** `text` in pieces, cut at these places. */
function cut(text: string, places: readonly number[]): string[] {
  const ends = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [...ends, text.length].map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

test('any text comes through as it was, however the stream is cut', () => {
  const texts = fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(texts, fc.array(fc.nat(), { maxLength: 8 }), (sent, places) => {
      const stream = sent.map((text) => encodeEvent('token', { text })).join('');
      expect(parseEvents(cut(stream, places))).toEqual(sent.map((text) => ({ name: 'token', data: { text } })));
    }),
  );
});

test('line breaks and field names in a text start no event of their own', () => {
  const text = 'a\r\ndata: b\n\nevent: done\rid: 1\u2028\u0085';
  expect(parseEvents([encodeEvent('token', { text })])).toEqual([{ name: 'token', data: { text } }]);
});

test('waits for a client that does not read, and sends it all in the end', async () => {
  const { signal } = new AbortController();
  const [long, count] = ['x'.repeat(100_000), 300];
  let [sent, mostWaiting] = [0, 0];
  const app = express().get('/', async (_request, response) => {
    const stream = new EventStream(response);
    for (; sent < count; sent += 1) {
      await stream.send('token', { text: long }, signal);
      mostWaiting = Math.max(mostWaiting, response.writableLength);
    }
    stream.end();
  });
  const server = createServer(app);
  const asked = request({ port: await listen(server, '127.0.0.1', 0) }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  // Nobody reads: the same number twice means that it has stopped.
  let before = -1;
  await expect.poll(() => before === (before = sent) && sent > 0, { interval: 100 }).toBe(true);
  expect(sent).toBeLessThan(count);
  expect(parseEvents([await text(response)])).toHaveLength(count);
  expect(mostWaiting).toBeLessThan(20 * long.length);
  server.close();
});
