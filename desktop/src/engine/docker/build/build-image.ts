import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { createLogins, type Logins } from '../registry/logins.ts';
import type { UpgradingTransport } from '../transport.ts';
import type { BuildEvent, BuildRequest, KeptLogins } from '../types.ts';
import type { BuildBackend, BuildMessage } from './backend.ts';
import { BuildGuard } from './build-guard.ts';
import { chooseBackend } from './choose-backend.ts';
import { packContext } from './context/pack.ts';
import { type PreparedBuild, prepareBuild } from './context/prepare.ts';
import { Follower } from './follower.ts';
import { withProxies } from './proxies.ts';
import { checkSecrets } from './secrets.ts';

/** The engine's builder now and then drops its own connection at the start; it works at the second try. */
const SPORADIC = 'grpc: the client connection is closing';

export interface BuildOptions {
  /** Where the docker configuration, DOCKER_BUILDKIT and the tools of saved logins are looked for. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Logins to registries that win over those. */
  readonly kept?: KeptLogins | undefined;
  /** Address of the engine, for proxies that belong to one engine only. */
  readonly endpoint?: string;
}

/**
 * Builds one image and tells what happens on the way. The last event is `image`; without it the image was not built. Throws
 * BUILD_FAILED (`details` as in BuildFailureDetails), DISK_FULL, REGISTRY_*, ENGINE_* where the engine breaks off,
 * COMPOSE_UNSUPPORTED, OPERATION_CANCELLED.
 */
export async function* buildImage(
  transport: UpgradingTransport,
  asked: BuildRequest,
  options: BuildOptions = { env: process.env },
): AsyncGenerator<BuildEvent> {
  const { env, endpoint } = options;
  const prepared = await cancellable(asked, async () => {
    await checkSecrets(asked);
    return prepareBuild(await withProxies(asked, env, endpoint));
  });
  const backend = await chooseBackend(transport, env, asked.signal);
  backend.check(prepared);
  const { listing } = prepared;
  if (listing !== undefined) yield { type: 'context', bytes: listing.bytes, files: listing.files };
  for (const text of listing?.warnings ?? []) yield { type: 'warning', text };
  // Each try looks logins up anew.
  const first = yield* attempt(backend, prepared, createLogins(env, options.kept), true);
  if (first === 'again') yield* attempt(backend, prepared, createLogins(env, options.kept), false);
}

async function* attempt(
  backend: BuildBackend,
  prepared: PreparedBuild,
  logins: Logins,
  mayRepeat: boolean,
): AsyncGenerator<BuildEvent, 'done' | 'again'> {
  const { listing, dockerfile, request } = prepared;
  const extras = dockerfile.extra === undefined ? [] : [dockerfile.extra];
  const archive = listing === undefined ? undefined : await packContext(listing.entries, extras);
  const guard = new BuildGuard(archive, request.signal);
  const follower = new Follower(prepared, logins, guard);
  try {
    const messages = backend.run({ prepared, archive, logins, signal: guard.signal });
    yield* follower.follow(mayRepeat ? untilSporadic(messages) : messages);
    return 'done';
  } catch (error) {
    if (mayRepeat && !follower.told && isSporadic(error)) return 'again';
    // What broke the archive is the cause; that the request then ended is only its effect.
    throw guard.failure ?? error;
  } finally {
    guard.end();
  }
}

/** Makes the sporadic failure an exception of its own, however the builder tells it. */
async function* untilSporadic(messages: AsyncIterable<BuildMessage>): AsyncGenerator<BuildMessage> {
  for await (const message of messages) {
    if (message.type === 'error' && message.message.includes(SPORADIC)) throw new Error(message.message);
    yield message;
  }
}

function isSporadic(error: unknown): boolean {
  return error instanceof Error && error.message.includes(SPORADIC);
}

async function cancellable<T>({ signal }: BuildRequest, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (signal?.aborted !== true) throw error;
    throw new QuaysideError('OPERATION_CANCELLED', say`The build was cancelled before it began.`, { cause: error });
  }
}
