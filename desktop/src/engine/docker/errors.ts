import { type ErrorCode, QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';

/** What was asked, for messages: never with its query or body, which may hold secrets. */
export interface Asked {
  readonly method: string;
  readonly path: string;
}

const startIt =
  process.platform === 'linux'
    ? say`Start the engine (\`sudo systemctl start docker\`) or Docker Desktop, then try again.`
    : say`Start Docker Desktop and wait until it says that the engine is running, then try again.`;

const checkRemote = say`Check the address, that the engine on that machine runs and listens there, and whether it expects TLS (DOCKER_TLS_VERIFY).`;

const down = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);
const broken = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE']);

/** The system's code of a failed connection (`ECONNRESET`), else an empty string. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** True where the connection broke before or within an answer. */
export function isBroken(error: unknown): boolean {
  return broken.has(systemCode(error));
}

export function timeoutError(asked: Asked, deadlineMs: number): QuaysideError {
  return new QuaysideError(
    'ENGINE_TIMEOUT',
    say`The Docker Engine did not answer ${asked.method} ${asked.path} within ${deadlineMs / 1000} s.`,
    { remedy: say`The engine may be frozen or very busy. Wait a moment; if it stays so, restart the engine.` },
  );
}

export function cancelledError(): QuaysideError {
  return new QuaysideError('OPERATION_CANCELLED', say`Cancelled before the Docker Engine had finished.`);
}

/** OpenSSL writes its source file and a thread number around the one thing that counts. */
function plainText(message: string): string {
  const [, reason] = /SSL routines:[^:]*:([^:]+)/.exec(message) ?? [];
  return reason === undefined ? message.trim() : say`TLS: ${reason}`;
}

/** Turns a failure to connect, to write or to read into cause and remedy. A QuaysideError passes through. */
export function connectionError(error: unknown, endpoint: string): QuaysideError {
  if (error instanceof QuaysideError) return error;
  const code = systemCode(error);
  const text = plainText(error instanceof Error ? error.message : String(error));
  const bringUp = endpoint.startsWith('tcp:') ? checkRemote : startIt;
  const fail = (as: ErrorCode, message: string, remedy: string): QuaysideError =>
    new QuaysideError(as, message, { remedy, details: { endpoint, ...(code === '' ? {} : { code }) }, cause: error });

  if (code === 'EACCES' || code === 'EPERM') {
    return fail(
      'ENGINE_PERMISSION',
      say`You are not allowed to use the Docker Engine at ${endpoint}.`,
      say`Add your user to the group \`docker\` (\`sudo usermod -aG docker "$USER"\`), sign in again and try once more.`,
    );
  }
  if (code === 'ENOENT') return fail('ENGINE_DOWN', say`There is no Docker Engine at ${endpoint}.`, bringUp);
  if (down.has(code)) return fail('ENGINE_DOWN', say`No Docker Engine answers at ${endpoint} (${code}).`, bringUp);
  if (broken.has(code)) {
    return fail('ENGINE_DOWN', say`The connection to the Docker Engine at ${endpoint} broke (${code}).`, bringUp);
  }
  if (code.startsWith('HPE_')) {
    return fail(
      'ENGINE_PROTOCOL',
      say`What answers at ${endpoint} does not speak the Docker API (${text}).`,
      say`Check the address: a web server, a TLS port or a proxy may be listening there.`,
    );
  }
  if (/certificate|ssl|tls|wrong version number/i.test(`${code} ${text}`)) {
    return fail(
      'ENGINE_ENDPOINT',
      say`No trusted connection to the Docker Engine at ${endpoint}: ${text}.`,
      say`Check the TLS files (ca.pem, cert.pem, key.pem) of the context or of DOCKER_CERT_PATH, and DOCKER_TLS_VERIFY.`,
    );
  }
  return fail('ENGINE_DOWN', say`The Docker Engine at ${endpoint} cannot be reached: ${text}.`, bringUp);
}
