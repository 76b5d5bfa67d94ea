import type { Action, Plan } from '#contract/index.ts';
import { told } from '#words/index.ts';

/** What a plan asks somebody to agree to. */
export interface RiskQuestion {
  points: { text: string; note: string }[];
  /** What has to be typed. */
  word: string;
  ids: string[];
}

/** Undefined where there is nothing to agree to: nothing is asked for, it was agreed to before, or nobody can. */
export function riskQuestion({ risks = [], project }: Plan): RiskQuestion | undefined {
  const asked = risks.filter(({ decision }) => decision === 'ask');
  // What is forbidden is refused with its reason when it begins; typing a name would be of no use.
  if (asked.length === 0 || risks.some(({ decision }) => decision === 'forbidden')) return undefined;
  return {
    points: asked.map(({ message, place: { file, line } }) => ({ text: told(message), note: `${file}:${line}` })),
    word: project,
    ids: asked.map(({ id }) => id),
  };
}

/** The action with what was agreed to for it. */
export function withAgreement(action: Action, question: RiskQuestion | undefined): Action {
  return question === undefined ? action : { ...action, allowRisks: question.ids };
}
