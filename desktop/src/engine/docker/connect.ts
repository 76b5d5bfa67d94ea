import { onlyAllowed } from './allowed-calls.ts';
import type { buildImage } from './build/build-image.ts';
import { createContainerCalls } from './calls/containers.ts';
import { createImageCalls } from './calls/images.ts';
import { machineOf } from './calls/machine.ts';
import { createNetworkCalls } from './calls/networks.ts';
import { freeRoom } from './calls/room.ts';
import { createVolumeCalls } from './calls/volumes.ts';
import { type Deadlines, defaultDeadlines } from './deadlines.ts';
import { defaultFeed, type FeedOptions, readFeed } from './events/feed.ts';
import { proxyEnvironment } from './proxies.ts';
import type { pullImage } from './registry/pull.ts';
import { defaultHeartbeat, type HeartbeatOptions } from './transport/heartbeat.ts';
import { HttpTransport } from './transport/http-transport.ts';
import type { BuildEvent, DockerGateway, Endpoint, KeptLogins, PullEvent } from './types.ts';

/** Timings that differ from the defaults, all in milliseconds, and the environment. */
export interface ConnectOptions {
  readonly deadlines?: Partial<Deadlines>;
  readonly heartbeat?: Partial<HeartbeatOptions>;
  readonly feed?: Partial<FeedOptions>;
  /** Where the docker configuration and DOCKER_BUILDKIT are looked for; default: the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Logins to registries that win over those of the docker configuration. */
  readonly logins?: KeptLogins;
}

/** The gateway to one engine. Nothing is sent before the first call; `dispose` closes every connection. */
export function connect(endpoint: Endpoint, options: ConnectOptions = {}): DockerGateway {
  const deadlines = { ...defaultDeadlines, ...options.deadlines };
  const heartbeat = { ...defaultHeartbeat, ...options.heartbeat };
  const feed = { ...defaultFeed, headersMs: deadlines.stream, ...options.feed };
  const { env = process.env, logins: kept } = options;
  const engine = new HttpTransport(endpoint, deadlines, heartbeat);
  const transport = onlyAllowed(engine);
  const source = { transport, endpoint: endpoint.url, clock: (signal: AbortSignal) => engine.clock(signal) };
  return {
    endpoint,
    info: () => engine.info(),
    ping: () => engine.ping(deadlines.ping),
    catchUpLogs: () => engine.catchUp(),
    freeRoom: () => freeRoom(transport, endpoint.url, deadlines.read),
    machine: () => machineOf(transport, deadlines.read),
    proxyEnvironment: () => proxyEnvironment(endpoint.url, env),
    containers: createContainerCalls(transport, deadlines),
    networks: createNetworkCalls(transport, deadlines),
    volumes: createVolumeCalls(transport, deadlines),
    images: {
      ...createImageCalls(transport, deadlines),
      login: async (domain) => (await import('./registry/auth.ts')).findCredentials(domain, { env, kept }),
      logins: async () => (await import('./registry/saved-logins.ts')).savedLogins({ env, kept }),
      checkLogin: async (domain, login) =>
        (await import('./registry/check-login.ts')).checkLogin(transport, domain, login, deadlines.change),
      remote: async (reference, deadlineMs) =>
        (await import('./registry/ask-registry.ts')).askRegistry(transport, reference, { env, kept, deadlineMs }),
      pull: (reference, request) => lazyPull(transport, reference, { ...request, env, kept }),
      build: (request) => lazyBuild(transport, request, { env, kept, endpoint: endpoint.url }),
    },
    events: (signal) => readFeed(source, feed, AbortSignal.any([signal, engine.ended])),
    dispose: () => {
      engine.dispose();
    },
  };
}

// Most commands neither pull nor build; loading what those need would double the time to the first answer.
async function* lazyPull(...request: Parameters<typeof pullImage>): AsyncGenerator<PullEvent> {
  const registry = await import('./registry/pull.ts');
  yield* registry.pullImage(...request);
}

async function* lazyBuild(...request: Parameters<typeof buildImage>): AsyncGenerator<BuildEvent> {
  const builder = await import('./build/build-image.ts');
  yield* builder.buildImage(...request);
}
