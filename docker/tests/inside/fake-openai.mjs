// A fake of OpenAI, as far as the chat needs it: says one sentence, and the other once it was told to (POST /go).
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const told = new EventEmitter();

function piece(content, finish_reason = null) {
  const choices = [{ index: 0, delta: content === '' ? {} : { content }, finish_reason }];
  const base = { id: 'chatcmpl-fake', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'gpt-4.1-mini' };
  return `data: ${JSON.stringify({ ...base, choices })}\n\n`;
}

async function answer(request, response) {
  const { messages } = JSON.parse(await text(request));
  const { id } = JSON.parse(/<passages>\n(.*)\n/.exec(messages.at(-1).content)[1]);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(piece(`The first sentence [[${id}]].`));
  await once(told, 'go');
  response.end(`${piece(` The last sentence [[${id}]].`)}${piece('', 'stop')}data: [DONE]\n\n`);
}

createServer((request, response) => {
  if (request.url === '/v1/chat/completions') void answer(request, response);
  else if (request.url === '/go') response.end(String(told.emit('go')));
  else response.setHeader('content-type', 'application/json').end('{"object":"list","data":[]}');
}).listen(8000);
