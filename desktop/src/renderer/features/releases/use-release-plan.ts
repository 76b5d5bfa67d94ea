import { useEffect, useState } from 'react';
import type { Action, Plan, Problem } from '#contract/index.ts';
import type { OperationSlice } from '#state/index.ts';

export interface ReleasePlan {
  plan?: Plan;
  problem?: Problem;
  /** The action with what has to be accepted for this plan. */
  action: Action;
  /** Data that the images may not be able to read; has to be accepted. */
  unreadable?: Problem;
}

async function ask(preview: OperationSlice['preview'], environment: string, action: Action): Promise<ReleasePlan> {
  const answer = await preview(environment, action);
  if ('plan' in answer) return { plan: answer.plan, action };
  if (answer.problem.code !== 'RELEASE_SCHEMA') return { problem: answer.problem, action };
  const accepting = { ...action, acceptSchema: true };
  const second = await preview(environment, accepting);
  return { action: accepting, unreadable: answer.problem, ...second };
}

/** What a deploy or rollback would do; undefined while it is being worked out. */
export function useReleasePlan(
  preview: OperationSlice['preview'],
  environment: string,
  action: Action,
): ReleasePlan | undefined {
  const [plan, setPlan] = useState<ReleasePlan>();
  useEffect(() => {
    let wanted = true;
    void ask(preview, environment, action).then((answer) => {
      if (wanted) setPlan(answer);
    });
    return () => {
      wanted = false;
    };
  }, [preview, environment, action]);
  return plan;
}
