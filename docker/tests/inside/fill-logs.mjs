// Asks this service for so many (REQUESTS) addresses of so many bytes (BYTES), and prints how often each status came.
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

const { PORT, REQUESTS, BYTES } = process.env;
const path = `/api/products?query=${'x'.repeat(Number(BYTES))}`;
const agent = new Agent({ keepAlive: true });
const atOnce = 16;

function ask(number) {
  return new Promise((resolve, reject) => {
    const headers = { 'x-correlation-id': `request-${number}` };
    const asking = request({ port: PORT, path, agent, headers }, (response) => {
      text(response).then(() => resolve(response.statusCode), reject);
    });
    asking.on('error', reject).end();
  });
}

const counts = {};
let next = 0;
async function client() {
  for (let number = next++; number < Number(REQUESTS); number = next++) {
    const status = await ask(number);
    counts[status] = (counts[status] ?? 0) + 1;
  }
}

await Promise.all(Array.from({ length: atOnce }, client));
agent.destroy();
console.log(JSON.stringify(counts));
