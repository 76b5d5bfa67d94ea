/*
 * Asks a service (URL) without a pause until it is gone, as a balancer would: who sees `/health/ready` say no starts no
 * new request. Besides, requests are held open whose body is only sent when the service takes no connection any more.
 * Prints how all of them ended.
 */
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

const base = process.env.URL;
const clients = 16;
const held = 8;
const question = JSON.stringify({ message: 'a tent for two people' });
const json = { 'content-type': 'application/json' };

function ask(path, { agent = false, body, headers, onContinue } = {}) {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const asking = request(base + path, { method, agent, headers }, (response) => {
      text(response).then((words) => resolve({ status: response.statusCode, words }), reject);
    });
    asking.on('error', reject);
    if (onContinue) asking.on('continue', () => onContinue(() => asking.end(body)));
    else asking.end(body);
    asking.flushHeaders();
  });
}

let leaving = false;
async function watchReadiness() {
  while (!leaving) {
    const { status } = await ask('/health/ready').catch(() => ({ status: 0 }));
    leaving = status !== 200;
    await delay(20);
  }
}

async function gone() {
  for (;;) {
    const refused = await ask('/health').then(
      () => false,
      (error) => error.code === 'ECONNREFUSED',
    );
    if (refused) return;
    await delay(20);
  }
}

const problem = (error) => error.code ?? error.message;

async function client(results) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  while (!leaving) {
    const path = results.answered % 2 === 0 ? '/api/products?query=tent' : '/api/chat';
    const options = path === '/api/chat' ? { body: question, headers: json } : {};
    try {
      const { status } = await ask(path, { agent, ...options });
      if (status === 200) results.answered += 1;
      else results.failed.push(status);
    } catch (error) {
      results.failed.push(problem(error));
    }
  }
  agent.destroy();
}

function hold() {
  return new Promise((resolve, reject) => {
    const headers = { ...json, 'content-length': Buffer.byteLength(question), expect: '100-continue' };
    const ended = ask('/api/chat', {
      body: question,
      headers,
      onContinue: (send) => resolve({ send, ended: ended.catch((error) => ({ status: problem(error), words: '' })) }),
    });
    ended.catch(reject);
  });
}

const results = { answered: 0, failed: [] };
const open = await Promise.all(Array.from({ length: held }, hold));
const watching = watchReadiness();
const running = Array.from({ length: clients }, () => client(results));
while (results.answered < clients) await delay(20);
process.stderr.write('loaded\n');
await Promise.all([watching, ...running]);
await gone();
for (const { send } of open) send();
console.log(JSON.stringify({ ...results, held: await Promise.all(open.map(({ ended }) => ended)) }));
