import { QuaysideError } from '#contract/index.ts';
import type { DockerGateway } from '#engine/docker/index.ts';
import type { Masker } from '#kit/mask-secrets.ts';
import { say } from '#kit/say.ts';
import { holdGate } from './gate.ts';
import { awaitReady, type Unready } from './ready.ts';

/** Seconds in which an application that is healthy has to say that it is ready. */
const readySeconds = 30;

interface GateRequest {
  readonly gateway: DockerGateway;
  /** Whose containers these are. */
  readonly project: string;
  /** Ids of the containers that have to be well. */
  readonly containers: readonly string[];
  /** Hides the secrets that they print. */
  readonly mask: Masker;
  /** For which everything has to stay healthy. */
  readonly seconds: number;
  readonly signal: AbortSignal;
  /** Services that are not held to readiness. */
  readonly excused: Pick<ReadonlySet<string>, 'has'>;
  readonly tell: (unready: Unready) => void;
}

/**
 * Everything stays healthy for a while, and every service that can be asked says meanwhile that it is ready. Returns those
 * that are excused and did not; throws SERVICE_NOT_READY, SERVICE_UNHEALTHY or SERVICE_EXITED.
 */
export async function passGate(request: GateRequest): Promise<Unready[]> {
  const stop = new AbortController();
  const signal = AbortSignal.any([request.signal, stop.signal]);
  const { excused } = request;
  const seconds = Math.max(readySeconds, request.seconds);
  const secondsFor = (service: string): number => (excused.has(service) ? request.seconds : seconds);
  try {
    const ready = awaitReady({ ...request, signal, secondsFor });
    const [unready] = await Promise.all([ready, holdGate({ ...request, signal })]);
    const first = unready.find(({ service }) => !excused.has(service));
    if (!first) return unready;
    throw new QuaysideError(
      'SERVICE_NOT_READY',
      say`${first.service} is healthy, but did not say within ${seconds} s that it is ready: ${first.reason}.`,
      {
        remedy: say`Look at what it needs (database, other services, keys) and at its last log lines.`,
        details: { service: first.service },
      },
    );
  } finally {
    stop.abort();
  }
}
