import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import type { RegistryAuth } from '../types.ts';
import { homeFolder } from './docker-config.ts';

/** Milliseconds that a helper may take; some ask the person at the screen, but none may hang a pull. */
export const HELPER_DEADLINE_MS = 10_000;

const LONGEST_ANSWER = 1024 * 1024;
const answer = z.object({ Username: z.string(), Secret: z.string() });

interface HelperRequest {
  /** `desktop` for the program `docker-credential-desktop`. */
  readonly helper: string;
  readonly key: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly deadlineMs: number;
}

/** Why a helper gave no answer. Never carries what the helper printed: that may be a secret. */
export class HelperError extends Error {}

/** Asks a credential helper for one login; undefined where it knows none. Throws HelperError. */
export async function askHelper(request: HelperRequest): Promise<RegistryAuth | undefined> {
  const program = `docker-credential-${request.helper}`;
  if (!/^[\w.-]+$/.test(request.helper)) throw new HelperError(`${program} is not the name of a program`);
  const { output, exitCode } = await run(program, request);
  if (exitCode !== 0) {
    if (/credentials not found in native keychain/i.test(output)) return undefined;
    throw new HelperError(`${program} failed with exit code ${exitCode}`);
  }
  const parsed = parse(output);
  if (parsed === undefined) throw new HelperError(`${program} gave an answer that cannot be understood`);
  const { Username, Secret } = parsed;
  if (Username === '<token>') return { identitytoken: Secret, serveraddress: request.key };
  return { username: Username, password: Secret, serveraddress: request.key };
}

function parse(output: string): z.infer<typeof answer> | undefined {
  try {
    return answer.safeParse(JSON.parse(output)).data;
  } catch {
    return undefined;
  }
}

/** Programs started from a desktop have a short PATH; these are the places where Docker puts its helpers. */
function searchPath(env: HelperRequest['env']): string {
  const extra =
    process.platform === 'win32'
      ? ['C:\\Program Files\\Docker\\Docker\\resources\\bin']
      : [
          '/usr/local/bin',
          '/opt/homebrew/bin',
          '/Applications/Docker.app/Contents/Resources/bin',
          join(homeFolder(env), '.docker', 'bin'),
        ];
  return [env['PATH'], ...extra].filter((part) => part).join(delimiter);
}

function run(program: string, request: HelperRequest): Promise<{ output: string; exitCode: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['get'], {
      env: { ...request.env, PATH: searchPath(request.env) },
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: request.deadlineMs,
      killSignal: 'SIGKILL',
      windowsHide: true,
    });
    let output = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (chunk: string) => {
      if (output.length < LONGEST_ANSWER) output += chunk;
    });
    // A helper that ends without reading its input is judged by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(request.key);
    child.on('error', () => {
      reject(new HelperError(`${program} cannot be started`));
    });
    child.on('close', (exitCode) => {
      if (exitCode === null) reject(new HelperError(`${program} did not answer within ${request.deadlineMs / 1000} s`));
      else resolve({ output, exitCode });
    });
  });
}
