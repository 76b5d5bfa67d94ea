import { stat } from 'node:fs/promises';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { BuildRequest, BuildSecret } from '../types.ts';

/** The reference client refuses more; the builder holds a secret in memory. */
const MOST_BYTES = 500 * 1024;

/** Throws BUILD_FAILED for a secret that could not be handed over once the builder asks for it. */
export async function checkSecrets({ secrets }: BuildRequest): Promise<void> {
  for (const secret of secrets) {
    const size = 'file' in secret ? await sizeOf(secret) : Buffer.byteLength(secret.value);
    if (size <= MOST_BYTES) continue;
    throw new QuaysideError('BUILD_FAILED', say`The build secret ${secret.id} is larger than 500 KiB.`, {
      remedy: say`A secret is a password or a key; copy what is larger into the image by other means.`,
    });
  }
}

async function sizeOf({ id, file }: Extract<BuildSecret, { file: string }>): Promise<number> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new QuaysideError('BUILD_FAILED', say`The file of the build secret ${id} cannot be read: ${file}`, {
      remedy: say`Create the file, or correct \`file\` of the secret in the compose file.`,
      cause,
    });
  });
  if (found.isFile()) return found.size;
  throw new QuaysideError('BUILD_FAILED', say`The build secret ${id} is no file: ${file}`, {
    remedy: say`Name one file; a folder cannot be a secret.`,
  });
}
