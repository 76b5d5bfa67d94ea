import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { RequestOptions, UpgradeOptions, UpgradingTransport } from './transport.ts';

/**
 * Everything that Quayside ever asks of an engine; `*` stands for one id or name, `**` for an image by its name. Nothing
 * else leaves through the gateway. The e2e suite records what it asks and is held to this list.
 */
export const allowedCalls = [
  'GET /_ping',
  'GET /version',
  'GET /info',
  'GET /events',
  'GET /containers/json',
  'GET /containers/*/json',
  'GET /containers/*/logs',
  'GET /containers/*/stats',
  'POST /containers/create',
  'POST /containers/*/start',
  'POST /containers/*/stop',
  'POST /containers/*/rename',
  'POST /containers/*/wait',
  'PUT /containers/*/archive',
  'DELETE /containers/*',
  'POST /containers/*/exec',
  'POST /exec/*/start',
  'GET /exec/*/json',
  'GET /networks',
  'GET /networks/*',
  'POST /networks/create',
  'POST /networks/*/connect',
  'POST /networks/*/disconnect',
  'DELETE /networks/*',
  'GET /volumes',
  'GET /volumes/*',
  'POST /volumes/create',
  'DELETE /volumes/*',
  'GET /images/json',
  'GET /images/**/json',
  'POST /images/create',
  'POST /images/**/tag',
  'DELETE /images/**',
  'GET /distribution/**/json',
  'POST /auth',
  'POST /build',
  'POST /session',
] as const;

const patterns = allowedCalls.map((call) => {
  const source = call.replaceAll('**', '.+').replaceAll('*', '[^/]+');
  return { call, pattern: new RegExp(`^${source}$`) };
});

/** Which entry of the list a request is, its path without version prefix and query; undefined for none. */
export function allowedCall(method: string, path: string): (typeof allowedCalls)[number] | undefined {
  // The more exact one stands first, as with `GET /containers/json`.
  return patterns.find(({ pattern }) => pattern.test(`${method} ${path}`))?.call;
}

/** The transport, through which nothing else passes. */
export function onlyAllowed(transport: UpgradingTransport): UpgradingTransport {
  return {
    async request(options: RequestOptions) {
      refuseUnknown(options.method, options.path);
      return transport.request(options);
    },
    async upgrade(options: UpgradeOptions) {
      refuseUnknown('POST', options.path);
      return transport.upgrade(options);
    },
  };
}

function refuseUnknown(method: string, path: string): void {
  if (allowedCall(method, path) !== undefined) return;
  throw new QuaysideError('INTERNAL', say`Quayside does not ask a Docker Engine for ${method} ${path}.`, {
    remedy: say`This is a fault of Quayside: please report it. Nothing was sent to the engine.`,
  });
}
