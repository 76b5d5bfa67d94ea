import { QuaysideError } from '#contract/index.ts';
import type { Transport } from '../transport.ts';
import type { BuildEvent, BuildRequest } from '../types.ts';
import type { BuildBackend, BuildMessage } from './backend.ts';
import { BuildGuard } from './build-guard.ts';
import { packContext } from './context/pack.ts';
import { type PreparedBuild, prepareBuild } from './context/prepare.ts';
import { EngineBackend } from './engine-backend.ts';
import { buildFailure } from './failure.ts';
import { TraceMerger } from './trace/merge.ts';

/** The engine's builder now and then drops its own connection at the start; it works at the second try. */
const SPORADIC = 'grpc: the client connection is closing';

/**
 * Builds one image and tells what happens on the way. The last event is `image`; without it the image was not built. Throws
 * BUILD_FAILED (`details` as in BuildFailureDetails), ENGINE_* where the engine breaks off, OPERATION_CANCELLED.
 */
export async function* buildImage(transport: Transport, request: BuildRequest): AsyncGenerator<BuildEvent> {
  yield* buildWith(new EngineBackend(transport), request);
}

/** The same with any builder. */
async function* buildWith(backend: BuildBackend, request: BuildRequest): AsyncGenerator<BuildEvent> {
  const prepared = await cancellable(request, () => prepareBuild(request));
  const { listing } = prepared;
  yield { type: 'context', bytes: listing.bytes, files: listing.files };
  for (const text of listing.warnings) yield { type: 'warning', text };
  const first = yield* attempt(backend, request, prepared, true);
  if (first === 'again') yield* attempt(backend, request, prepared, false);
}

async function* attempt(
  backend: BuildBackend,
  request: BuildRequest,
  prepared: PreparedBuild,
  mayRepeat: boolean,
): AsyncGenerator<BuildEvent, 'done' | 'again'> {
  const archive = await packContext(prepared.listing.entries, extras(prepared));
  const guard = new BuildGuard(archive, request.signal);
  const run = { request, dockerfile: prepared.dockerfile.name, archive, signal: guard.signal };
  try {
    return yield* follow(backend.run(run), guard, prepared, mayRepeat);
  } catch (error) {
    // What broke the archive is the cause; that the request then ended is only its effect.
    throw guard.failure ?? error;
  } finally {
    guard.end();
  }
}

async function* follow(
  messages: AsyncIterable<BuildMessage>,
  guard: BuildGuard,
  prepared: PreparedBuild,
  mayRepeat: boolean,
): AsyncGenerator<BuildEvent, 'done' | 'again'> {
  const merger = new TraceMerger();
  let image: string | undefined;
  let told = false;
  for await (const message of messages) {
    if (message.type === 'trace') {
      if (message.trace.vertexes.some(({ started, completed }) => started !== undefined && completed === undefined)) {
        guard.stepStarted();
      }
      for (const event of merger.push(message.trace)) {
        told = true;
        yield* heard(event, guard);
      }
    } else if (message.type === 'image') {
      image = message.id;
    } else if (message.type === 'error') {
      if (mayRepeat && !told && message.message.includes(SPORADIC)) return 'again';
      yield* merger.end();
      throw buildFailure(message.message, merger.failed(message.message), prepared.dockerfile);
    } else {
      throw withoutBuildKit();
    }
  }
  yield* merger.end();
  if (image === undefined) throw brokenOff();
  yield { type: 'image', id: image };
  return 'done';
}

/** Hands on one event; when the reader leaves at it, the build is not broken off before it may be. */
async function* heard(event: BuildEvent, guard: BuildGuard): AsyncGenerator<BuildEvent> {
  let stays = false;
  try {
    yield event;
    stays = true;
  } finally {
    if (!stays) await guard.settled();
  }
}

function extras(prepared: PreparedBuild) {
  return prepared.dockerfile.extra === undefined ? [] : [prepared.dockerfile.extra];
}

async function cancellable<T>(request: BuildRequest, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (request.signal?.aborted !== true) throw error;
    throw new QuaysideError('OPERATION_CANCELLED', 'The build was cancelled before it began.', { cause: error });
  }
}

function brokenOff(): QuaysideError {
  return new QuaysideError('ENGINE_PROTOCOL', 'The engine ended the build without an image and without an error.', {
    remedy: 'Check that the engine still runs, then build again; steps that were done are taken from the cache.',
  });
}

function withoutBuildKit(): QuaysideError {
  return new QuaysideError(
    'ENGINE_REFUSED',
    'This engine builds without BuildKit, which Quayside needs to build images.',
    {
      remedy: 'Use Docker Engine 23 or newer on Linux, or build the image elsewhere and pull it.',
    },
  );
}
