import { access } from 'node:fs/promises';
import { QuaysideError, type Readiness } from '#contract/index.ts';
import type { Model } from '#engine/compose/index.ts';
import { say } from '#kit/say.ts';
import { locateRecorded, type Wanted } from './images.ts';
import type { Pullable } from './pullable.ts';
import type { Story } from './records/entries.ts';
import { decodeModel } from './records/model-codec.ts';
import type { ReleaseDeps } from './types.ts';

/** What unpacking takes beside what is sent, by rule of thumb. */
const unpacked = 2.5;

/** What is asked once for all releases of a list. */
export interface Surroundings {
  /** Bytes free for images; undefined where nobody can tell. */
  readonly room: () => Promise<number | undefined>;
  readonly pullable: Pullable;
}

interface Reasons {
  readonly red: string[];
  readonly amber: string[];
}

/** Whether a release could be gone back to now, told before anybody needs it. */
export async function readinessOf(
  deps: ReleaseDeps,
  { record, end, dropped }: Story,
  around: Surroundings,
): Promise<Readiness> {
  const reasons: Reasons = { red: [], amber: [] };
  if (end?.outcome !== 'done') reasons.red.push(say`it did not go well`);
  try {
    const model = decodeModel(await deps.seal.open(record.model));
    for (const file of await missingFiles(model))
      reasons.amber.push(say`the file ${file}, which it reads, is not there`);
  } catch {
    reasons.red.push(say`its environment cannot be opened on this machine`);
  }
  const located = await Promise.all(record.images.map((image) => locateRecorded(deps.gateway, image)));
  const missing = located.filter(({ found }) => !found);
  await judgeImages(reasons, missing, around);
  const { red, amber } = reasons;
  if (dropped && missing.length === 0 && red.length === 0)
    amber.push(say`its images are no longer kept and may be cleaned up`);
  if (red.length > 0) return { light: 'red', reasons: red };
  if (amber.length > 0) return { light: 'amber', reasons: amber };
  return {
    light: 'green',
    reasons: [say`all images are here and its environment is known; it works without the registry`],
  };
}

/** Secrets and configs are read from their files again when a container is made. */
async function missingFiles({ secrets, configs }: Model): Promise<string[]> {
  const files = [...secrets.values(), ...configs.values()].flatMap(({ file }) => file ?? []);
  const found = await Promise.all(
    files.map((file) =>
      access(file).then(
        () => [],
        () => [file],
      ),
    ),
  );
  return found.flat();
}

async function judgeImages({ red, amber }: Reasons, missing: readonly Wanted[], around: Surroundings): Promise<void> {
  let bytes = 0;
  for (const { service, image, digest } of missing) {
    if (digest === undefined) {
      red.push(say`the image of ${service} is gone, and it is in no registry`);
      continue;
    }
    try {
      const size = await around.pullable.size(image, digest);
      bytes += size;
      amber.push(say`the image of ${service} has to be pulled from the registry (${megabytes(size)})`);
    } catch (error) {
      const { code, message } = error instanceof QuaysideError ? error : { code: '', message: String(error) };
      if (code === 'IMAGE_NOT_FOUND') red.push(say`the image of ${service} is gone, here and from the registry`);
      else
        amber.push(
          say`the image of ${service} has to be pulled, and whether the registry has it is not known: ${message.replace(/\.$/, '')}`,
        );
    }
  }
  if (bytes > 0) judgeRoom({ red, amber }, bytes, await around.room());
}

function judgeRoom({ red, amber }: Reasons, bytes: number, room: number | undefined): void {
  if (room === undefined) amber.push(say`how much room the engine has for them cannot be seen from here`);
  else if (room < bytes) red.push(say`there is no room for them: ${megabytes(room)} are free`);
  else if (room < bytes * unpacked) amber.push(say`there may be too little room for them: ${megabytes(room)} are free`);
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
