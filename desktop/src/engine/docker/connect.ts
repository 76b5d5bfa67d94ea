import { createContainerCalls } from './calls/containers.ts';
import { createImageCalls } from './calls/images.ts';
import { createNetworkCalls } from './calls/networks.ts';
import { createVolumeCalls } from './calls/volumes.ts';
import { type Deadlines, defaultDeadlines } from './deadlines.ts';
import { defaultFeed, type FeedOptions, readFeed } from './events/feed.ts';
import { defaultHeartbeat, type HeartbeatOptions } from './transport/heartbeat.ts';
import { HttpTransport } from './transport/http-transport.ts';
import type { Transport } from './transport.ts';
import type { BuildEvent, BuildRequest, DockerGateway, Endpoint, PullProgress } from './types.ts';

type PullOptions = Parameters<DockerGateway['images']['pull']>[1];

/** Timings that differ from the defaults, all in milliseconds. */
export interface ConnectOptions {
  readonly deadlines?: Partial<Deadlines>;
  readonly heartbeat?: Partial<HeartbeatOptions>;
  readonly feed?: Partial<FeedOptions>;
}

/** The gateway to one engine. Nothing is sent before the first call; `dispose` closes every connection. */
export function connect(endpoint: Endpoint, options: ConnectOptions = {}): DockerGateway {
  const deadlines = { ...defaultDeadlines, ...options.deadlines };
  const heartbeat = { ...defaultHeartbeat, ...options.heartbeat };
  const feed = { ...defaultFeed, headersMs: deadlines.stream, ...options.feed };
  const transport = new HttpTransport(endpoint, deadlines, heartbeat);
  const source = { transport, endpoint: endpoint.url, clock: (signal: AbortSignal) => transport.clock(signal) };
  return {
    endpoint,
    info: () => transport.info(),
    ping: () => transport.ping(deadlines.ping),
    containers: createContainerCalls(transport, deadlines),
    networks: createNetworkCalls(transport, deadlines),
    volumes: createVolumeCalls(transport, deadlines),
    images: {
      ...createImageCalls(transport, deadlines),
      pull: (reference, request) => lazyPull(transport, reference, request),
      build: (request) => lazyBuild(transport, request),
    },
    events: (signal) => readFeed(source, feed, AbortSignal.any([signal, transport.ended])),
    dispose: () => {
      transport.dispose();
    },
  };
}

// Most commands neither pull nor build; loading what those need would double the time to the first answer.
async function* lazyPull(transport: Transport, reference: string, options: PullOptions): AsyncGenerator<PullProgress> {
  const { pullImage } = await import('./registry/pull.ts');
  yield* pullImage(transport, reference, options);
}

async function* lazyBuild(transport: Transport, request: BuildRequest): AsyncGenerator<BuildEvent> {
  const { buildImage } = await import('./build/build-image.ts');
  yield* buildImage(transport, request);
}
