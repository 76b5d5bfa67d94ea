import { QuaysideError } from '#contract/index.ts';
import type { Logins } from '../registry/logins.ts';
import type { PreparedBuild } from './context/prepare.ts';
import { locateFailure } from './dockerfile/locate-failure.ts';
import { type Dockerfile, type Instruction, parseDockerfile } from './dockerfile/parse.ts';
import { explain } from './explain.ts';
import type { BuildFailureDetails } from './failure-details.ts';
import type { FailedVertex } from './trace/merge.ts';

const AROUND = 2;
/** A longer instruction is shown by its first lines; `endLine` says where it ends. */
const LONGEST_EXCERPT = 20;

/** Explains the builder's error: what failed, where in the Dockerfile, what it printed, and what to do. */
export async function buildFailure(
  reason: string,
  failed: FailedVertex | undefined,
  { dockerfile: source }: PreparedBuild,
  logins: Logins,
): Promise<QuaysideError> {
  const dockerfile = parseDockerfile(source.text);
  const instruction = locateFailure(dockerfile, reason, failed?.vertex);
  const step = instruction?.text ?? failed?.vertex.name;
  const exit = /(?:exit code|non-zero code): (\d+)/.exec(reason)?.[1];
  const details: BuildFailureDetails = {
    dockerfile: source.shown,
    ...(step === undefined ? {} : { step }),
    ...(instruction === undefined ? {} : place(dockerfile, instruction)),
    output: failed?.output ?? [],
    ...(exit === undefined ? {} : { exitCode: Number(exit) }),
    reason,
  };
  const { code, message, remedy } = await explain(details, dockerfile, logins);
  return new QuaysideError(code, message, { remedy, details: { ...details } });
}

function place(dockerfile: Dockerfile, instruction: Instruction) {
  const { line, endLine } = instruction;
  const first = Math.max(1, line - AROUND);
  const last = Math.min(lastLine(dockerfile), endLine + AROUND, line + LONGEST_EXCERPT);
  const excerpt = dockerfile.lines.slice(first - 1, last).map((text, index) => {
    const number = first + index;
    return { line: number, text, failing: number >= line && number <= endLine };
  });
  return { line, endLine, excerpt };
}

/** The line end at the end of the file begins no line. */
function lastLine({ lines }: Dockerfile): number {
  return lines.at(-1) === '' ? lines.length - 1 : lines.length;
}
