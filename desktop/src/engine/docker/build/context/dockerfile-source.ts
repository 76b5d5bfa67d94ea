import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { BuildRequest } from '../../types.ts';
import type { ExtraFile } from './pack.ts';
import { NoRegularFile, readTextFile } from './read-text-file.ts';
import { shownAddress } from './remote.ts';

/** Where the instructions of a build come from. */
export interface DockerfileSource {
  /** Name inside the archive, with forward slashes: what the engine is told. */
  readonly name: string;
  /** What people call it: the path as they wrote it, or `dockerfile_inline`. */
  readonly shown: string;
  readonly text: string;
  /** Absolute path; absent for inline instructions. */
  readonly file?: string;
  /** Set where the instructions do not lie in the context and have to be added to it. */
  readonly extra?: ExtraFile;
}

/** The context folder with all links resolved. Throws BUILD_FAILED where there is none. */
export async function findContext(request: BuildRequest): Promise<string> {
  const found = await stat(request.context).catch(() => undefined);
  if (found?.isDirectory() === true) return realpath(request.context);
  const problem =
    found === undefined
      ? say`The build folder ${request.context} does not exist.`
      : say`The build folder ${request.context} is not a folder.`;
  throw new QuaysideError('BUILD_FAILED', problem, {
    remedy: say`Correct \`build.context\` in the compose file, or create the folder.`,
    details: { context: request.context },
  });
}

/** The instructions of a context which the engine fetches: only their name is known here. Throws COMPOSE_UNSUPPORTED. */
export function remoteDockerfile(request: BuildRequest): DockerfileSource {
  if (request.dockerfileInline === undefined) {
    const shown = say`${request.dockerfile} of ${shownAddress(request.context)}`;
    return { name: request.dockerfile, shown, text: '' };
  }
  throw new QuaysideError('COMPOSE_UNSUPPORTED', say`\`dockerfile_inline\` cannot be combined with a remote context.`, {
    remedy: say`Take the Dockerfile of the remote context, or put the instructions beside a local one.`,
    details: { context: shownAddress(request.context) },
  });
}

/** Reads the instructions. Throws BUILD_FAILED where there are none, or where a link leads out of the context. */
export async function findDockerfile(context: string, request: BuildRequest): Promise<DockerfileSource> {
  if (request.dockerfileInline !== undefined) return added('dockerfile_inline', request.dockerfileInline);
  const wanted = request.dockerfile;
  // A relative path belongs to the folder as it was named; only what lies inside is compared with the real one.
  const named = isAbsolute(wanted) ? wanted : resolve(request.context, wanted);
  const within = inside(request.context, named) ?? inside(context, named);
  const file = within === undefined ? named : join(context, within);
  const text = await readDockerfile(file, wanted, request.context);
  if (within === undefined) return { ...added(wanted, text), file };
  if (inside(context, await realpath(file)) === undefined) {
    throw new QuaysideError('BUILD_FAILED', say`${wanted} is a link that leads out of the build folder.`, {
      remedy: say`Put the Dockerfile itself into the folder, or name its real place in \`build.dockerfile\`.`,
      details: { dockerfile: wanted, context: request.context },
    });
  }
  return { name: within.split(sep).join('/'), shown: wanted, text, file };
}

async function readDockerfile(file: string, wanted: string, context: string): Promise<string> {
  try {
    return await readTextFile(file);
  } catch (error) {
    const [problem, remedy] = unreadable(error, wanted, context);
    throw new QuaysideError('BUILD_FAILED', problem, {
      remedy,
      details: { dockerfile: wanted, context },
      cause: error,
    });
  }
}

function unreadable(error: unknown, wanted: string, context: string): readonly [problem: string, remedy: string] {
  const correct = say`Correct \`build.dockerfile\` in the compose file.`;
  if (error instanceof NoRegularFile)
    return [say`${wanted} is a pipe, a socket or a device, not a Dockerfile.`, correct];
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EISDIR') return [say`${wanted} is a folder, not a Dockerfile.`, correct];
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? [
        say`There is no Dockerfile ${wanted} in ${context}.`,
        say`Create it, or correct \`build.dockerfile\` in the compose file.`,
      ]
    : [say`The Dockerfile ${wanted} cannot be read.`, say`Give yourself read access to it.`];
}

/** A name of its own, from the content, so that an unchanged file is found in the cache again. */
function added(shown: string, text: string): DockerfileSource {
  const name = `.dockerfile.${createHash('sha256').update(text).digest('hex').slice(0, 20)}`;
  return { name, shown, text, extra: { path: name, content: text } };
}

/** The path relative to the folder, or undefined where it lies outside. */
function inside(folder: string, path: string): string | undefined {
  const way = relative(folder, path);
  return way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? undefined : way;
}
