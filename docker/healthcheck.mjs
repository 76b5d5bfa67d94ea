// Exit status 0 when the service on this container's own port answers 200 in time, else 1 with the reason.
import { get } from 'node:http';

const url = `http://127.0.0.1:${process.env.PORT}/health`;

function end(status, words) {
  console.log(words);
  process.exit(status);
}

get(url, { signal: AbortSignal.timeout(2000) }, ({ statusCode }) => {
  end(statusCode === 200 ? 0 : 1, `${url} answered ${statusCode}`);
}).on('error', (error) => end(1, `${url}: ${error.cause?.message ?? error.message}`));
