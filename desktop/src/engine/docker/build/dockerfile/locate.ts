import { parseReference } from '../../registry/reference.ts';
import type { Dockerfile, Instruction } from './parse.ts';
import { type Stage, stagesOf } from './stages.ts';

/**
 * The instruction that a step of the builder came from. The builder names a step `[stage 2/5] RUN …`: stage and number find
 * the instruction even where variables were filled into the text; the text is the second choice.
 */
export function locateStep(dockerfile: Dockerfile, name: string): Instruction | undefined {
  const image = /^(?:\[internal\] load metadata for|resolve image config for(?: docker-image:\/\/)?) *(\S+)$/.exec(
    name,
  )?.[1];
  if (image !== undefined) return locateImage(dockerfile, image);
  const step = /^\[(?:\S+\/\S+ )?(?:(\S+) )?(\d+)\/(\d+)\] (.*)$/s.exec(name);
  if (step === null) return undefined;
  const [, stage, index = '', total = '', text = ''] = step;
  const keyword = (/^\S+/.exec(text)?.[0] ?? '').toUpperCase();
  const numbered = byNumber(stageNamed(stagesOf(dockerfile), stage), Number(index), Number(total));
  if (numbered?.keyword === keyword) return numbered;
  return byText(dockerfile, keyword, text);
}

/** The instruction that covers a line. */
export function locateLine(dockerfile: Dockerfile, line: number): Instruction | undefined {
  return dockerfile.instructions.find((instruction) => instruction.line <= line && line <= instruction.endLine);
}

/** The first `FROM`, `COPY --from` or `RUN --mount=…from=` that names this image. */
function locateImage(dockerfile: Dockerfile, image: string): Instruction | undefined {
  const wanted = canonical(image);
  return dockerfile.instructions.find((instruction) =>
    imagesIn(instruction).some((name) => canonical(name) === wanted),
  );
}

function stageNamed(stages: readonly Stage[], name: string | undefined): Stage | undefined {
  if (name === undefined) return stages.length === 1 ? stages[0] : undefined;
  const named = stages.findLast((stage) => stage.name === name.toLowerCase());
  const number = /^stage-(\d+)$/.exec(name)?.[1];
  return named ?? (number === undefined ? undefined : stages[Number(number)]);
}

function byNumber(stage: Stage | undefined, index: number, total: number): Instruction | undefined {
  if (stage === undefined) return undefined;
  // FROM is a step of its own unless the base is another stage or `scratch`; the total tells which.
  const before = total - stage.steps.length;
  if (before !== 0 && before !== 1) return undefined;
  return index <= before ? stage.from : stage.steps[index - before - 1];
}

function byText(dockerfile: Dockerfile, keyword: string, text: string): Instruction | undefined {
  const alike = dockerfile.instructions.filter((instruction) => instruction.keyword === keyword);
  const same = alike.filter((instruction) => squeezed(instruction.text) === squeezed(text));
  const sure = same.length > 0 ? same : alike;
  return sure.length === 1 ? sure[0] : undefined;
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function imagesIn(instruction: Instruction): string[] {
  if (instruction.keyword === 'FROM') {
    const base = instruction.text
      .split(/\s+/)
      .slice(1)
      .find((word) => !word.startsWith('--'));
    return base === undefined ? [] : [base];
  }
  return [...instruction.text.matchAll(/(?:--from=|[,=]from=)([^\s,]+)/g)].flatMap((match) => match[1] ?? []);
}

function canonical(image: string): string {
  const reference = parseReference(image);
  return reference === undefined
    ? image
    : `${reference.domain}/${reference.path}:${reference.tag ?? ''}@${reference.digest ?? ''}`;
}
