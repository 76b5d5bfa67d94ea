import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { say } from '#kit/say.ts';
import type { RegistryAuth } from '../types.ts';
import { homeFolder } from './docker-config.ts';

/** Milliseconds that a helper may take; some ask the person at the screen, but none may hang a pull. */
export const HELPER_DEADLINE_MS = 10_000;

const LONGEST_ANSWER = 1024 * 1024;
const login = z.object({ Username: z.string(), Secret: z.string() });
const listing = z.record(z.string(), z.string());

interface HelperRequest {
  /** `desktop` for the program `docker-credential-desktop`. */
  readonly helper: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly deadlineMs: number;
}

/** Why a helper gave no answer. Never carries what the helper printed: that may be a secret. */
export class HelperError extends Error {}

/** Asks a credential helper for one login; undefined where it knows none. Throws HelperError. */
export async function askHelper(request: HelperRequest, key: string): Promise<RegistryAuth | undefined> {
  const { output, exitCode } = await run(request, 'get', key);
  if (exitCode !== 0 && /credentials not found in native keychain/i.test(output)) return undefined;
  const { Username, Secret } = read(request, login, output, exitCode);
  if (Username === '<token>') return { identitytoken: Secret, serveraddress: key };
  return { username: Username, password: Secret, serveraddress: key };
}

/** The keys for which a credential helper knows a login. Throws HelperError. */
export async function keysOfHelper(request: HelperRequest): Promise<string[]> {
  const { output, exitCode } = await run(request, 'list', '');
  return Object.keys(read(request, listing, output, exitCode));
}

function read<T>(request: HelperRequest, shape: z.ZodType<T>, output: string, exitCode: number): T {
  if (exitCode !== 0) throw new HelperError(say`${programOf(request)} failed with exit code ${exitCode}`);
  try {
    return shape.parse(JSON.parse(output));
  } catch {
    throw new HelperError(say`${programOf(request)} gave an answer that cannot be understood`);
  }
}

function programOf({ helper }: HelperRequest): string {
  const program = `docker-credential-${helper}`;
  if (!/^[\w.-]+$/.test(helper)) throw new HelperError(say`${program} is not the name of a program`);
  return program;
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

function run(
  request: HelperRequest,
  verb: 'get' | 'list',
  input: string,
): Promise<{ output: string; exitCode: number }> {
  const program = programOf(request);
  return new Promise((resolve, reject) => {
    const child = spawn(program, [verb], {
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
    child.stdin.end(input);
    child.on('error', () => {
      reject(new HelperError(say`${program} cannot be started`));
    });
    child.on('close', (exitCode) => {
      if (exitCode === null)
        reject(new HelperError(say`${program} did not answer within ${request.deadlineMs / 1000} s`));
      else resolve({ output, exitCode });
    });
  });
}
