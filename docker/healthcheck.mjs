// Exit status 0 when the service on this container's own port answers 200 in time, else 1 with the reason. The path may be given.
import { get } from 'node:http';

const [, , path = '/health'] = process.argv;
const url = `http://127.0.0.1:${process.env.PORT}${path}`;

function end(status, words) {
  console.log(words);
  process.exit(status);
}

get(url, { signal: AbortSignal.timeout(2000) }, ({ statusCode }) => {
  end(statusCode === 200 ? 0 : 1, `${url} answered ${statusCode}`);
}).on('error', (error) => end(1, `${url}: ${error.cause?.message ?? error.message}`));
