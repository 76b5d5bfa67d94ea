import { stepNumber } from '../classic/progress.ts';
import { locateLine, locateStep } from './locate.ts';
import type { Dockerfile, Instruction } from './parse.ts';

/** The instruction that a failed build points at: by the line in the builder's message, by the failed step, or by its words. */
export function locateFailure(
  dockerfile: Dockerfile,
  reason: string,
  step: { readonly id: string; readonly name: string } | undefined,
): Instruction | undefined {
  const line = /dockerfile parse error (?:on )?line (\d+)/i.exec(reason)?.[1];
  if (line !== undefined) return locateLine(dockerfile, Number(line));
  if (step === undefined) return byWords(dockerfile, reason);
  const number = stepNumber(step.id);
  return number === undefined ? locateStep(dockerfile, step.name) : dockerfile.instructions[number - 1];
}

/** Some messages carry no line but quote what they mean. */
function byWords(dockerfile: Dockerfile, reason: string): Instruction | undefined {
  const base = /failed to parse stage name "(.+?)"|base name \((.+?)\) should not be blank/.exec(reason);
  const name = base?.[1] ?? base?.[2];
  if (name !== undefined) return only(dockerfile, (found) => found.keyword === 'FROM' && found.text.includes(name));
  const keyword = /^([A-Z]+) (?:must have|requires|names)/.exec(reason)?.[1];
  return keyword === undefined ? undefined : only(dockerfile, (found) => found.keyword === keyword);
}

/** What matches, as long as nothing else does: a wrong line is worse than none. */
function only(dockerfile: Dockerfile, wanted: (instruction: Instruction) => boolean): Instruction | undefined {
  const found = dockerfile.instructions.filter(wanted);
  return found.length === 1 ? found[0] : undefined;
}
