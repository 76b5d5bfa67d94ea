import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';

/** Which requests of a pull: the first look at the registry, the description of an image, a layer or configuration. */
export type RegistryPart = 'version' | 'manifest' | 'blob';

export interface RegistryRequest {
  readonly part: RegistryPart;
  readonly path: string;
  readonly authorization: string | undefined;
}

/** Answers one request in place of the registry; `pass` hands it on after all, with what `change` makes of the answer. */
export type RegistryFault = (exchange: {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly pass: (change?: (chunk: Buffer, offset: number) => Buffer | 'cut') => void;
}) => void;

/** A registry in front of a real one that fails as it is told. */
export interface FaultRegistry {
  readonly host: string;
  readonly requests: readonly RegistryRequest[];
  /** One fault per part, from now on; `times` = so often, then it works again; `only` = requests whose path ends so. */
  fail(part: RegistryPart, fault: RegistryFault, options?: { times?: number; only?: string }): void;
  dispose(): Promise<void>;
}

/** Starts one on a free port of the loopback address. `upstream` is the host of the real one. */
export async function startFaultRegistry(upstream: string): Promise<FaultRegistry> {
  const requests: RegistryRequest[] = [];
  const faults = new Map<RegistryPart, { readonly fault: RegistryFault; left: number; readonly only: string }>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const part = partOf(path);
    requests.push({ part, path, authorization: request.headers.authorization });
    const pass = (change?: (chunk: Buffer, offset: number) => Buffer | 'cut'): void => {
      relay(upstream, request, response, change ?? ((chunk) => chunk));
    };
    const active = faults.get(part);
    if (active === undefined || active.left <= 0 || !path.endsWith(active.only)) {
      pass();
      return;
    }
    active.left -= 1;
    active.fault({ request, response, pass });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    host: `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    requests,
    fail(part, fault, { times = Number.POSITIVE_INFINITY, only = '' } = {}) {
      faults.set(part, { fault, left: times, only });
    },
    dispose: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function partOf(path: string): RegistryPart {
  if (path.includes('/blobs/')) return 'blob';
  return path.includes('/manifests/') ? 'manifest' : 'version';
}

function relay(
  upstream: string,
  request: IncomingMessage,
  response: ServerResponse,
  change: (chunk: Buffer, offset: number) => Buffer | 'cut',
): void {
  const [hostname, port] = upstream.split(':');
  const { method, url: path, headers } = request;
  const onward = forward({ hostname, port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    let offset = 0;
    answer.on('data', (chunk: Buffer) => {
      const made = change(chunk, offset);
      offset += chunk.length;
      if (made === 'cut') request.socket.destroy();
      else if (!response.write(made)) {
        answer.pause();
        response.once('drain', () => answer.resume());
      }
    });
    answer.on('end', () => response.end());
    answer.on('error', () => response.destroy());
    response.on('close', () => answer.destroy());
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}

/** An answer of the registry itself. */
export function answering(status: number, body = '', headers: Readonly<Record<string, string>> = {}): RegistryFault {
  return ({ response }) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };
}

/** The body of an error as registries write it. */
export function registryError(code: string, message: string): string {
  return JSON.stringify({ errors: [{ code, message }] });
}

/** Takes the request and says nothing. */
export const hanging: RegistryFault = () => undefined;

/** Closes the connection instead of answering. */
export const hangingUp: RegistryFault = ({ request }) => {
  request.socket.destroy();
};

/** Breaks the connection off behind so many bytes of the answer. */
export function breakingOff(bytes: number): RegistryFault {
  return ({ pass }) => {
    pass((chunk, offset) => (offset + chunk.length > bytes ? 'cut' : chunk));
  };
}

/** Turns one bit of the answer round. */
export const damaging: RegistryFault = ({ pass }) => {
  pass((chunk, offset) => {
    if (offset > 0) return chunk;
    const copy = Buffer.from(chunk);
    copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1;
    return copy;
  });
};

/** Sends the beginning of an answer and then nothing more. */
export const stalling: RegistryFault = ({ response }) => {
  response.writeHead(200, { 'content-length': '1000000' });
  response.write(Buffer.alloc(1000));
};

/** Makes a registry want a token from everybody, which it gives to everybody, as Docker Hub does. */
export function wantTokens(registry: FaultRegistry): void {
  const token = 'qs-test-token';
  const challenge = `Bearer realm="http://${registry.host}/token",service="qs-test"`;
  registry.fail('version', ({ request, response, pass }) => {
    if (request.url?.startsWith('/token') === true) response.end(JSON.stringify({ token }));
    else if (request.headers.authorization === `Bearer ${token}`) pass();
    else answering(401, '{}', { 'www-authenticate': challenge })({ request, response, pass });
  });
  registry.fail('manifest', ({ request, response, pass }) => {
    if (request.headers.authorization === `Bearer ${token}`) pass();
    else answering(401, '{}', { 'www-authenticate': challenge })({ request, response, pass });
  });
}
