import { setTimeout as pause } from 'node:timers/promises';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { cancelledError } from '../errors.ts';
import { readNdjson } from '../ndjson.ts';
import { type Transport, unary } from '../transport.ts';
import type { KeptLogins, PullEvent, PullProgress, RegistryAuth } from '../types.ts';
import { type Credentials, findCredentials } from './auth.ts';
import { encodeRegistryAuth } from './auth-header.ts';
import { IdleWatch } from './idle-watch.ts';
import { fromRegistry, isPassing, namedImage, type PullFailure, pullError } from './pull-errors.ts';
import { PullMeter, pullLine } from './pull-progress.ts';
import { familiarName, familiarReference, type ImageReference } from './reference.ts';

export interface PullOptions {
  /** `os/arch[/variant]`; absent = the engine's own. */
  readonly platform?: string;
  readonly signal?: AbortSignal;
  /** Absent = what is saved on this machine, where the docker command line would look. */
  readonly auth?: RegistryAuth | undefined;
  /** Where that is looked for; default: the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Logins that win over those. */
  readonly kept?: KeptLogins | undefined;
  /** Milliseconds without any progress after which the transfer counts as stuck; default 60,000. */
  readonly idleMs?: number;
  /** Milliseconds to wait before each further try when a registry fails in passing; default 1,000 and 4,000. */
  readonly pausesMs?: readonly number[];
}

const PAUSES_MS = [1_000, 4_000];
const IDLE_MS = 60_000;
/** Some engines say nothing while they unpack a layer, however large. */
const UNPACKING_FACTOR = 10;
const VERIFY_DEADLINE_MS = 5_000;

/**
 * Pulls one image and tells how far it is; what fails in passing is tried again. Ends only when the engine finds the image
 * afterwards; otherwise throws IMAGE_NOT_FOUND, REGISTRY_* (UNREACHABLE where the transfer is stuck), DISK_FULL, OPERATION_CANCELLED
 * or another ENGINE_*.
 */
export async function* pullImage(
  transport: Transport,
  image: string,
  options: PullOptions = {},
): AsyncGenerator<PullEvent> {
  const reference = namedImage(image);
  const { auth, env = process.env, kept } = options;
  const credentials = auth === undefined ? await findCredentials(reference.domain, { env, kept }) : { auth };
  const { problem } = credentials;
  if (problem !== undefined) {
    yield { type: 'warning', text: say`${familiarReference(reference)} is pulled without a login: ${problem}.` };
  }
  yield* withRetries(transport, { reference, credentials, options });
  await verify(transport, reference, options.signal);
}

async function* withRetries(transport: Transport, pull: Pull): AsyncGenerator<PullEvent> {
  const { pausesMs = PAUSES_MS, signal } = pull.options;
  // One meter for all tries: what is here already is not counted a second time.
  const meter = new PullMeter();
  for (const delayMs of pausesMs) {
    try {
      yield* transfer(transport, pull, meter);
      return;
    } catch (error) {
      if (!isPassing(error)) throw error;
      yield { type: 'retry', reason: error.message, delayMs };
      await pause(delayMs, undefined, signal === undefined ? {} : { signal }).catch(() => {
        throw cancelledError();
      });
    }
  }
  yield* transfer(transport, pull, meter);
}

interface Pull {
  readonly reference: ImageReference;
  readonly credentials: Credentials;
  readonly options: PullOptions;
}

async function* transfer(transport: Transport, pull: Pull, meter: PullMeter): AsyncGenerator<PullEvent> {
  const { reference, options } = pull;
  const idleMs = options.idleMs ?? IDLE_MS;
  const idle = new IdleWatch(idleMs);
  const signal = options.signal === undefined ? idle.signal : AbortSignal.any([options.signal, idle.signal]);
  try {
    const response = await transport.request(request(pull, signal));
    try {
      for await (const raw of readNdjson(response.body)) {
        const line = pullLine.safeParse(raw).data ?? {};
        const reason = line.errorDetail?.message ?? line.error;
        if (reason !== undefined) throw pullError(failure(pull, reason));
        const progress = meter.push(line);
        const again = meter.takeRetry();
        if (again !== undefined) yield { type: 'retry', ...again };
        idle.touch(meter.unpacking ? idleMs * UNPACKING_FACTOR : idleMs);
        if (progress !== undefined) yield { type: 'progress', ...progress };
      }
    } finally {
      response.destroy();
    }
  } catch (error) {
    if (idle.expired && options.signal?.aborted !== true) throw stuck(reference, meter.progress(), idle.limitMs);
    throw fromRegistry(error) ? pullError(failure(pull, error.message)) : error;
  } finally {
    idle.end();
  }
}

function request({ reference, credentials, options }: Pull, signal: AbortSignal) {
  return {
    method: 'POST',
    path: '/images/create',
    query: {
      fromImage: familiarName(reference),
      tag: reference.digest ?? reference.tag,
      platform: options.platform,
    },
    headers: credentials.auth === undefined ? {} : { 'X-Registry-Auth': encodeRegistryAuth(credentials.auth) },
    // The idle watch is the deadline: a slow registry is no reason to give up while something still comes.
    deadlineMs: Number.POSITIVE_INFINITY,
    signal,
  } as const;
}

function failure({ reference, credentials }: Pull, reason: string): PullFailure {
  const { auth, problem } = credentials;
  return {
    reference,
    reason,
    loggedIn: auth !== undefined,
    ...(problem === undefined ? {} : { loginProblem: problem }),
  };
}

function stuck(reference: ImageReference, progress: PullProgress, limitMs: number): QuaysideError {
  const image = familiarReference(reference);
  const seconds = limitMs / 1000;
  const details = { image, registry: reference.domain, ...progress };
  if (progress.layers === 0) {
    return new QuaysideError('REGISTRY_UNREACHABLE', say`${reference.domain} has not answered for ${seconds} s.`, {
      remedy: say`Check the registry and the network of the engine, then try again.`,
      details,
    });
  }
  return new QuaysideError(
    'REGISTRY_UNREACHABLE',
    say`The transfer of ${image} is stuck: nothing came for ${seconds} s.`,
    {
      remedy: say`Check the network, then try again. If the same layer hangs once more, the engine still waits on the broken connection: it gives up after some minutes, or at once when the engine is restarted.`,
      details,
    },
  );
}

/** The engine can end a pull without an error and without the image; only finding it is success. */
async function verify(transport: Transport, reference: ImageReference, signal: AbortSignal | undefined): Promise<void> {
  const name = familiarReference(reference);
  const { status } = await unary(transport, {
    method: 'GET',
    path: `/images/${name}/json`,
    deadlineMs: VERIFY_DEADLINE_MS,
    statuses: [404],
    ...(signal === undefined ? {} : { signal }),
  });
  if (status !== 404) return;
  throw new QuaysideError(
    'ENGINE_PROTOCOL',
    say`The engine ended the pull of ${name} without an error, but has no such image.`,
    {
      remedy: say`Try again; if it stays so, restart the engine.`,
      details: { image: name },
    },
  );
}
