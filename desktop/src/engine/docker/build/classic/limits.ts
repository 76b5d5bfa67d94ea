import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { PreparedBuild } from '../context/prepare.ts';
import { heredocsOf } from '../dockerfile/heredoc.ts';
import type { Instruction } from '../dockerfile/parse.ts';
import { parseDockerfile } from '../dockerfile/parse.ts';

const useBuildKit = say`Build with BuildKit: unset DOCKER_BUILDKIT, or use Docker Engine 23 or newer on Linux, which has it by default.`;

/**
 * Refuses what the classic builder cannot do. Much of it would not fail but do something else: it runs nothing of a
 * here-document and never compares a checksum.
 */
export function checkClassic({ request, dockerfile }: PreparedBuild): void {
  if (request.secrets.length > 0) throw refusal('`build.secrets`', say`Build secrets`);
  for (const instruction of parseDockerfile(dockerfile.text).instructions) {
    const feature = onlyBuildKit(instruction, request.args);
    if (feature !== undefined)
      throw refusal(say`${dockerfile.shown} line ${instruction.line}`, feature, instruction.line);
  }
}

const flags: Readonly<Record<string, readonly string[]>> = {
  RUN: ['mount', 'network', 'security'],
  COPY: ['chmod', 'exclude', 'parents'],
  ADD: ['chmod', 'checksum', 'exclude', 'keep-git-dir', 'unpack'],
};

const platformArguments = /\b(?:BUILD|TARGET)(?:PLATFORM|OS|ARCH|VARIANT)\b/;

function onlyBuildKit({ keyword, text }: Instruction, args: Readonly<Record<string, unknown>>): string | undefined {
  const given = /^\S+((?:\s+--\S+)*)/.exec(text)?.[1] ?? '';
  const flag = flags[keyword]?.find((name) => new RegExp(`\\s--${name}(?:=|\\s|$)`).test(`${given} `));
  if (flag !== undefined) return `${keyword} --${flag}`;
  if (keyword in flags && heredocsOf(text, '\\').length > 0) return say`A here-document in ${keyword}`;
  const platform = keyword === 'FROM' || keyword === 'ARG' ? platformArguments.exec(text)?.[0] : undefined;
  return platform === undefined || Object.hasOwn(args, platform) ? undefined : say`The argument ${platform}`;
}

function refusal(where: string, feature: string, line?: number): QuaysideError {
  return new QuaysideError(
    'BUILD_FAILED',
    say`${where}: ${feature} works with BuildKit only, and this build goes without it.`,
    {
      remedy: useBuildKit,
      ...(line === undefined ? {} : { details: { line } }),
    },
  );
}
