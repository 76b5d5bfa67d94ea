import { z } from 'zod';
import { QuaysideError } from '#contract/index.ts';
import { encodeRegistryAuth } from '../../registry/auth-header.ts';
import { pullLine } from '../../registry/pull-progress.ts';
import type { Transport } from '../../transport.ts';
import type { BuildBackend, BuildMessage, BuildRun } from '../backend.ts';
import type { PreparedBuild } from '../context/prepare.ts';
import { buildQuery } from '../query.ts';
import { readErrorLine, sendBuild } from '../send-build.ts';
import { checkClassic } from './limits.ts';
import { ClassicProgress } from './progress.ts';

const textLine = z.object({ stream: z.string() });
const imageLine = z.object({ aux: z.object({ ID: z.string() }) });

/** Builds with the engine's old builder: for engines without BuildKit, or where DOCKER_BUILDKIT=0 asks for it. */
export class ClassicBackend implements BuildBackend {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  check(prepared: PreparedBuild): void {
    checkClassic(prepared);
  }

  async *run({ prepared, archive, logins, signal }: BuildRun): AsyncGenerator<BuildMessage> {
    const request = { ...prepared.request, labels: { ...prepared.request.labels, ...prepared.request.classicLabels } };
    // `forcerm`: otherwise the container of a step that fails is left.
    const query = { ...buildQuery(request, prepared.dockerfile.name, '1'), forcerm: true };
    const headers = { 'X-Registry-Config': encodeRegistryAuth(await logins.all()) };
    const progress = new ClassicProgress();
    let image: string | undefined;
    try {
      for await (const line of sendBuild(this.#transport, { query, headers, archive, signal })) {
        const failure = readErrorLine(line);
        if (failure?.type === 'error') {
          yield { type: 'trace', trace: progress.end(failure.message) };
          yield failure;
          return;
        }
        // Every stage tells of its image; the last one is what was asked for.
        image = imageLine.safeParse(line).data?.aux.ID ?? image;
        yield { type: 'trace', trace: read(progress, line) };
      }
    } catch (error) {
      if (!isOfBuild(error)) throw error;
      yield { type: 'error', message: error.message };
      return;
    }
    yield { type: 'trace', trace: progress.end() };
    if (image !== undefined) yield { type: 'image', id: image };
  }
}

function read(progress: ClassicProgress, line: unknown) {
  const text = textLine.safeParse(line);
  return text.success ? progress.text(text.data.stream) : progress.pull(pullLine.safeParse(line).data ?? {});
}

/** Whether an answer of the engine's own is about the build: nothing of a Dockerfile that cannot be read is begun. */
function isOfBuild(error: unknown): error is QuaysideError {
  if (!(error instanceof QuaysideError)) return false;
  return (
    error.code === 'DISK_FULL' || /dockerfile parse error|target stage|build target|no build stage/.test(error.message)
  );
}
