import type { Dockerfile, Instruction } from './parse.ts';

/** One `FROM` and what follows up to the next. */
export interface Stage {
  /** In small letters; absent where the stage has no name. */
  readonly name?: string;
  readonly base: string;
  readonly from: Instruction;
  /** The instructions that the builder counts as steps. */
  readonly steps: readonly Instruction[];
}

const counted = new Set(['ADD', 'COPY', 'RUN', 'WORKDIR']);

export function stagesOf(dockerfile: Dockerfile): Stage[] {
  const stages: (Stage & { steps: Instruction[] })[] = [];
  for (const instruction of dockerfile.instructions) {
    if (instruction.keyword === 'FROM') {
      const words = instruction.text
        .split(/\s+/)
        .slice(1)
        .filter((word) => !word.startsWith('--'));
      const [base = '', as = '', name] = words;
      const named = as.toUpperCase() === 'AS' && name !== undefined ? { name: name.toLowerCase() } : {};
      stages.push({ ...named, base, from: instruction, steps: [] });
    } else if (counted.has(instruction.keyword)) {
      stages.at(-1)?.steps.push(instruction);
    }
  }
  return stages;
}
