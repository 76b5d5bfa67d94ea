import { join } from 'node:path';
import { say } from '#kit/say.ts';
import { apiFloor, atLeast } from '../api-version.ts';
import type { Endpoint } from '../types.ts';
import { currentContext, readContext, readTls } from './contexts.ts';
import { endpointError } from './failure.ts';
import { exists } from './files.ts';
import { defaultAddress, parseAddress } from './parse-address.ts';

/** What decides which engine is meant. Nothing else is read from the process. */
interface EndpointRequest {
  /** `--host`: wins over everything. */
  readonly host?: string;
  /** `--context`: name of a docker context; `default` means DOCKER_HOST or the default socket. */
  readonly context?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute home folder. */
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

/**
 * Finds the engine: host, context, DOCKER_HOST, DOCKER_CONTEXT, the current context of the configuration, then the first
 * default socket that exists. Nothing is dialled. Throws ENGINE_ENDPOINT with cause and remedy where a value is unusable.
 */
export async function resolveEndpoint(request: EndpointRequest): Promise<Endpoint> {
  const apiVersion = pinnedVersion(request.env['DOCKER_API_VERSION']);
  const endpoint = await findEndpoint(request);
  refusePlain(endpoint);
  return { ...endpoint, ...(apiVersion === undefined ? {} : { apiVersion }) };
}

/** Whoever can read or change what goes over the network would own that engine, and the machine that it runs on. */
function refusePlain({ url, source, tls }: Endpoint): void {
  if (!url.startsWith('tcp:') || tls !== undefined) return;
  const { hostname } = new URL(url.replace(/^tcp:/, 'http:'));
  if (hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)) return;
  throw endpointError(
    say`${url} is reached over the network without TLS`,
    say`Use ssh://user@host, or give the engine TLS (DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH, or a context with certificates).`,
    source,
  );
}

/** The version that DOCKER_API_VERSION asks for, as the docker CLI reads it. */
function pinnedVersion(text: string | undefined): string | undefined {
  const version = filled(text)?.trim();
  if (version === undefined) return undefined;
  const source = 'DOCKER_API_VERSION';
  if (!/^\d+\.\d+$/.test(version)) {
    throw endpointError(
      say`"${version}" is not an API version`,
      say`Write it like 1.45, or unset the variable.`,
      source,
    );
  }
  if (!atLeast(version, apiFloor)) {
    throw endpointError(
      say`API version ${version} is too old`,
      say`Ask for ${apiFloor} or newer, or unset the variable.`,
      source,
    );
  }
  return version;
}

async function findEndpoint(request: EndpointRequest): Promise<Endpoint> {
  const { host, context, env, home, platform } = request;
  const configDir = filled(env['DOCKER_CONFIG']) ?? join(home, '.docker');
  if (host !== undefined) return withEnvironmentTls(host, '--host', request, configDir);
  if (context === '') {
    throw endpointError(
      say`The name of the docker context is empty`,
      say`Name one of \`docker context ls\`.`,
      '--context',
    );
  }
  if (context !== undefined && context !== 'default') return readContext(context, configDir, platform);

  const fromEnv = filled(env['DOCKER_HOST']);
  if (fromEnv !== undefined) return withEnvironmentTls(fromEnv, 'DOCKER_HOST', request, configDir);
  if (context === undefined) {
    const named = filled(env['DOCKER_CONTEXT']) ?? (await currentContext(configDir));
    if (named !== undefined && named !== 'default') return readContext(named, configDir, platform);
  }
  return firstSocket(request);
}

function filled(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value;
}

async function withEnvironmentTls(
  text: string,
  source: string,
  { env, platform }: EndpointRequest,
  configDir: string,
): Promise<Endpoint> {
  if (text.trim() === '') {
    throw endpointError(say`The address of the Docker Engine is empty`, say`Name it, or leave the option out.`, source);
  }
  const address = parseAddress(text, source, platform);
  const verify = filled(env['DOCKER_TLS_VERIFY']) !== undefined;
  const secure = address.secure || verify || filled(env['DOCKER_TLS']) !== undefined;
  if (address.scheme !== 'tcp' || !secure) return { url: address.url, source };
  const folder = filled(env['DOCKER_CERT_PATH']) ?? configDir;
  const tls = await readTls(folder, verify || address.secure, source);
  if (verify && tls.ca === undefined) {
    const remedy = say`Set DOCKER_CERT_PATH to the folder that holds ca.pem, cert.pem and key.pem, or unset DOCKER_TLS_VERIFY.`;
    throw endpointError(say`${join(folder, 'ca.pem')} is missing, and DOCKER_TLS_VERIFY asks for it`, remedy, source);
  }
  return { url: address.url, source, tls };
}

async function firstSocket({ env, home, platform }: EndpointRequest): Promise<Endpoint> {
  const source = say`default socket`;
  const fallback = { url: defaultAddress(platform), source };
  if (platform === 'win32') return fallback;
  const runtime = filled(env['XDG_RUNTIME_DIR']);
  const candidates = [
    '/var/run/docker.sock',
    join(home, '.docker', 'run', 'docker.sock'),
    join(home, '.docker', 'desktop', 'docker.sock'),
    ...(runtime === undefined ? [] : [join(runtime, 'docker.sock')]),
  ];
  for (const socket of candidates) {
    if (await exists(socket)) return { url: `unix://${socket}`, source };
  }
  return fallback;
}
