// Exit status 0 when the service on this container's own port answers 200 in time, else 1 with the reason. The path may be given.
import { get } from 'node:http';

const [, , path = '/health'] = process.argv;
const url = `http://127.0.0.1:${process.env.PORT}${path}`;

function end(status, words) {
  console.log(words);
  process.exit(status);
}

function failed(error) {
  end(1, `${url}: ${error.cause?.message ?? error.message}`);
}

get(url, { signal: AbortSignal.timeout(2000) }, (response) => {
  let said = '';
  response
    .on('error', failed)
    .setEncoding('utf8')
    .on('data', (text) => {
      said += text;
    });
  // Whoever asks for a path of their own wants to know what it says.
  response.on('end', () => {
    const { statusCode } = response;
    end(statusCode === 200 ? 0 : 1, `${url} answered ${statusCode}${process.argv.length > 2 ? `\n${said}` : ''}`);
  });
}).on('error', failed);
