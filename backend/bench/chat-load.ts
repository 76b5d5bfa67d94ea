import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

/** Customers who ask one question after the other, all at the same time, as a process of its own. */
const plan = z
  .object({ url: z.string(), customers: z.int(), seconds: z.number(), questions: z.array(z.string()).min(1) })
  .parse(JSON.parse(process.argv[2] ?? '{}'));

const agent = new Agent({ keepAlive: true, maxSockets: plan.customers });
const end = performance.now() + plan.seconds * 1000;

/** Milliseconds from the question to the first token of its answer. */
async function ask(message: string): Promise<number> {
  const body = JSON.stringify({ message });
  const headers = {
    accept: 'text/event-stream',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  const begun = performance.now();
  const sent = request(plan.url, { method: 'POST', agent, headers });
  sent.end(body);
  const [response] = z.tuple([z.custom<import('node:http').IncomingMessage>()]).parse(await once(sent, 'response'));
  if (response.statusCode !== 200) throw new Error(`answered with ${response.statusCode ?? 'nothing'}`);
  let first: number | undefined;
  let tail = '';
  for await (const piece of response.setEncoding('utf8')) {
    tail = tail.slice(-20) + String(piece);
    if (first === undefined && tail.includes('event: token')) first = performance.now() - begun;
  }
  if (first === undefined || !tail.includes('}\n\n')) throw new Error('an answer without a token or an end');
  return first;
}

/** Within this time all of them come, one after the other; nobody waits behind fifty who knock in the same millisecond. */
const arrivalMs = 1000;

async function customer(number: number): Promise<number[]> {
  const times: number[] = [];
  await delay((number * arrivalMs) / plan.customers);
  for (let turn = number; performance.now() < end; turn += plan.customers) {
    times.push(await ask(plan.questions[turn % plan.questions.length] ?? ''));
  }
  return times;
}

const times = await Promise.all(Array.from({ length: plan.customers }, (_, number) => customer(number)));
process.stdout.write(JSON.stringify(times.flat()));
agent.destroy();
