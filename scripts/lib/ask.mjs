import { request } from 'node:http';

/** `unix:///run/docker.sock`, `npipe:////./pipe/x` or `tcp://host:port` as options of `http.request`; undefined for others. */
function connection(endpoint) {
  const [, scheme, rest] = /^(\w+):\/\/(.*)$/.exec(endpoint) ?? [];
  if (scheme === 'unix' || scheme === 'npipe') return { socketPath: rest };
  if (scheme !== 'tcp' && scheme !== 'http') return undefined;
  const { hostname, port } = new URL(`http://${rest}`);
  return { host: hostname, port: port || 2375 };
}

/**
 * One GET; resolves with `{ status, body }`, or undefined when nobody answers within `deadline` ms. Nothing is thrown:
 * "no answer" is one of the answers that the scripts look for.
 */
export function ask(endpoint, path, { deadline = 2_000 } = {}) {
  const target = connection(endpoint);
  if (!target) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const call = request({ ...target, path, headers: { Host: 'localhost' }, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => {
        body += text;
      });
      response.on('end', () => settle({ status: response.statusCode, body }));
      response.on('error', () => settle(undefined));
    });
    const timer = setTimeout(() => settle(undefined), deadline);
    const settle = (answer) => {
      clearTimeout(timer);
      call.destroy();
      resolve(answer);
    };
    call.on('error', () => settle(undefined));
    call.end();
  });
}

/** Whether a Docker Engine answers at this endpoint. */
export async function pings(endpoint, options) {
  const answer = await ask(endpoint, '/_ping', options);
  return answer?.status === 200 && answer.body === 'OK';
}

/** A JSON answer of the engine; undefined when it does not answer with 200. */
export async function askJson(endpoint, path, options) {
  const answer = await ask(endpoint, path, options);
  return answer?.status === 200 ? JSON.parse(answer.body) : undefined;
}
