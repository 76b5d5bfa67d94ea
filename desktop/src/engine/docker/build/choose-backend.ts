import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { type UpgradingTransport, unary } from '../transport.ts';
import type { BuildBackend } from './backend.ts';
import { BuildKitBackend } from './buildkit-backend.ts';
import { ClassicBackend } from './classic/classic-backend.ts';

const DEADLINE_MS = 5_000;

/** The builder to use: as DOCKER_BUILDKIT says, else the one that the engine itself prefers. Throws USAGE, ENGINE_*. */
export async function chooseBackend(
  transport: UpgradingTransport,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal | undefined,
): Promise<BuildBackend> {
  const buildKit = wish(env['DOCKER_BUILDKIT']) ?? (await prefersBuildKit(transport, signal));
  return buildKit ? new BuildKitBackend(transport) : new ClassicBackend(transport);
}

/** Empty counts as unset; the words are those that Go takes for a truth value, as the docker command line does. */
function wish(value: string | undefined): boolean | undefined {
  if (value === undefined || value === '') return undefined;
  if (/^(?:1|t|T|true|TRUE|True)$/.test(value)) return true;
  if (/^(?:0|f|F|false|FALSE|False)$/.test(value)) return false;
  throw new QuaysideError('USAGE', say`DOCKER_BUILDKIT is "${value}", which is neither yes nor no.`, {
    remedy: say`Set it to 1 or 0, or unset it.`,
  });
}

async function prefersBuildKit(transport: UpgradingTransport, signal: AbortSignal | undefined): Promise<boolean> {
  const options = { method: 'GET', path: '/_ping', deadlineMs: DEADLINE_MS } as const;
  const { headers } = await unary(transport, signal === undefined ? options : { ...options, signal });
  const preferred = headers['builder-version'];
  // Older engines say nothing of it; those on Linux have BuildKit nevertheless.
  return preferred === undefined ? headers['ostype'] !== 'windows' : preferred !== '1';
}
