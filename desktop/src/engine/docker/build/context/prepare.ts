import { basename, join } from 'node:path';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { BuildRequest } from '../../types.ts';
import { type DockerfileSource, findContext, findDockerfile, remoteDockerfile } from './dockerfile-source.ts';
import type { ContextLimits, ContextListing } from './entry.ts';
import { IgnorePatternError } from './ignore-error.ts';
import { parseIgnoreFile } from './ignore-file.ts';
import { IgnoreMatcher } from './ignore-matcher.ts';
import { defaultLimits } from './limits.ts';
import { readTextFile } from './read-text-file.ts';
import { isRemote } from './remote.ts';
import { walkContext } from './walk.ts';

/** Everything that is known of a build before the engine is called. */
export interface PreparedBuild {
  readonly request: BuildRequest;
  readonly dockerfile: DockerfileSource;
  /** What will be sent; absent where the engine fetches the context itself. */
  readonly listing?: ContextListing;
}

/** Finds context, Dockerfile and rules and lists what will be sent. Throws BUILD_FAILED, each with a remedy. */
export async function prepareBuild(
  request: BuildRequest,
  limits: ContextLimits = defaultLimits,
): Promise<PreparedBuild> {
  if (isRemote(request)) return { request, dockerfile: remoteDockerfile(request) };
  const context = await findContext(request);
  const dockerfile = await findDockerfile(context, request);
  const rules = await readRules(context, dockerfile);
  const always = dockerfile.extra === undefined ? [dockerfile.name] : [];
  const listing = await walkContext({
    context,
    rules,
    always,
    limits,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  });
  return { request, listing, dockerfile };
}

/** `<Dockerfile>.dockerignore` beside the Dockerfile is preferred to the `.dockerignore` of the context. */
async function readRules(context: string, dockerfile: DockerfileSource): Promise<IgnoreMatcher> {
  const candidates = [join(context, '.dockerignore')];
  if (dockerfile.file !== undefined) candidates.unshift(`${dockerfile.file}.dockerignore`);
  for (const file of candidates) {
    const text = await readIfThere(file);
    if (text !== undefined) return parse(text, basename(file));
  }
  return new IgnoreMatcher([]);
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readTextFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new QuaysideError('BUILD_FAILED', say`${basename(file)} cannot be read.`, {
      remedy: say`Give yourself read access to it: without it, files that must stay here could be sent to the build.`,
      details: { file },
      cause: error,
    });
  }
}

function parse(text: string, name: string): IgnoreMatcher {
  try {
    return parseIgnoreFile(text);
  } catch (error) {
    if (!(error instanceof IgnorePatternError)) throw error;
    throw new QuaysideError('BUILD_FAILED', say`${name} holds a pattern that is not valid: ${error.pattern}`, {
      remedy: say`Close its brackets and give every backslash and every \`!\` something to stand for.`,
      details: { file: name, pattern: error.pattern },
      cause: error,
    });
  }
}
