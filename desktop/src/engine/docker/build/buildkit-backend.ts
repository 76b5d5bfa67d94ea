import { z } from 'zod';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { UpgradingTransport } from '../transport.ts';
import type { BuildBackend, BuildMessage, BuildRun } from './backend.ts';
import type { PreparedBuild } from './context/prepare.ts';
import { buildQuery } from './query.ts';
import { readErrorLine, sendBuild } from './send-build.ts';
import { openSessionFor } from './session/open-session.ts';
import { decodeTrace, type Trace } from './trace/status.ts';
import { WireError } from './trace/wire.ts';

const traceLine = z.object({ id: z.literal('moby.buildkit.trace'), aux: z.base64() });
const imageLine = z.object({ id: z.literal('moby.image.id'), aux: z.object({ ID: z.string() }) });

/** Builds with BuildKit inside the engine, through `POST /build`; a session beside it serves secrets and logins. */
export class BuildKitBackend implements BuildBackend {
  readonly #transport: UpgradingTransport;

  constructor(transport: UpgradingTransport) {
    this.#transport = transport;
  }

  check({ request }: PreparedBuild): void {
    const network = request.network ?? 'default';
    if (['default', 'host', 'none'].includes(network)) return;
    throw new QuaysideError('COMPOSE_UNSUPPORTED', say`BuildKit cannot build in the network ${network}.`, {
      remedy: say`Set \`build.network\` to default, host or none; only the classic builder (DOCKER_BUILDKIT=0) knows others.`,
      details: { network },
    });
  }

  async *run(run: BuildRun): AsyncGenerator<BuildMessage> {
    const { session, warning } = await openSessionFor(this.#transport, run);
    try {
      if (warning !== undefined) yield { type: 'warning', text: warning };
      const { request, dockerfile } = run.prepared;
      const query = { ...buildQuery(request, dockerfile.name, '2'), session: session?.id };
      for await (const line of sendBuild(this.#transport, { query, ...run })) {
        const message = readLine(line);
        if (message !== undefined) yield message;
      }
    } finally {
      session?.close();
    }
  }
}

function readLine(line: unknown): BuildMessage | undefined {
  const trace = traceLine.safeParse(line);
  if (trace.success) return { type: 'trace', trace: decode(trace.data.aux) };
  const image = imageLine.safeParse(line);
  return image.success ? { type: 'image', id: image.data.aux.ID } : readErrorLine(line);
}

function decode(aux: string): Trace {
  try {
    return decodeTrace(Buffer.from(aux, 'base64'));
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw new QuaysideError('ENGINE_PROTOCOL', say`The builder sent progress that cannot be read: ${error.message}.`, {
      remedy: say`Build again; if it happens again, the engine speaks a version of BuildKit that Quayside does not know.`,
      cause: error,
    });
  }
}
