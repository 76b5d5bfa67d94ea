import { useEffect, useState } from 'react';
import type { Action, Plan, Problem } from '#contract/index.ts';
import type { OperationSlice } from '#state/index.ts';
import { CopyCommand } from '#ui/copy-command.tsx';
import { ConfirmDialog } from '#ui/dialog.tsx';
import { counted } from '#ui/format.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import css from './plan-dialog.module.css';
import { planLines, planSentence } from './plan-words.ts';

/** What is asked for, and in which words. */
export interface PlanQuestion {
  title: string;
  confirm: string;
  danger?: boolean;
  /** What stays as it is, where a reader may fear otherwise. */
  assurance?: string;
  action: Action;
}

type Preview = { plan: Plan } | { problem: Problem } | undefined;

function PlanDetails({ plan, assurance }: { plan: Plan; assurance: string | undefined }) {
  return (
    <>
      <ul className={css['lines']}>
        {planLines(plan).map(({ what, resources, causes }) => (
          <li key={what}>
            <b>{what}</b>
            <span className={css['resources']}>{resources.join(', ')}</span>
            <span className={css['cause']}>{causes.map((cause) => `because ${cause}`).join('; ')}</span>
          </li>
        ))}
      </ul>
      {assurance === undefined ? null : <p>{assurance}</p>}
      {plan.warnings.map((warning) => (
        <p key={warning} className={css['warning']}>
          {warning}
        </p>
      ))}
      {plan.steps.length === 0 ? null : (
        <details className={css['steps']}>
          <summary>{counted(plan.steps.length, 'step')}</summary>
          <ol>
            {plan.steps.map((step) => (
              <li key={step.id}>
                {step.kind} {step.resource}
              </li>
            ))}
          </ol>
        </details>
      )}
      <CopyCommand command={plan.command} />
    </>
  );
}

function describe(preview: Preview): string {
  if (preview === undefined) return 'Working out what would be done…';
  return 'plan' in preview ? planSentence(preview.plan) : preview.problem.message;
}

export interface PlanDialogProps {
  environment: string;
  question: PlanQuestion;
  preview: OperationSlice['preview'];
  writable: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Shows what an action would do, and does it only when told so. */
export function PlanDialog({ environment, question, preview: ask, writable, onConfirm, onClose }: PlanDialogProps) {
  const [preview, setPreview] = useState<Preview>();
  useEffect(() => {
    let wanted = true;
    void ask(environment, question.action).then((answer) => {
      if (wanted) setPreview(answer);
    });
    return () => {
      wanted = false;
    };
  }, [ask, environment, question]);
  const plan = preview !== undefined && 'plan' in preview ? preview.plan : undefined;
  const problem = preview !== undefined && 'problem' in preview ? preview.problem : undefined;
  return (
    <ConfirmDialog
      open
      title={question.title}
      description={describe(preview)}
      confirm={question.confirm}
      danger={question.danger ?? false}
      confirmDisabled={!writable || plan === undefined}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {plan === undefined ? null : <PlanDetails plan={plan} assurance={question.assurance} />}
      {problem?.remedy === undefined ? null : <p>{problem.remedy}</p>}
      {preview === undefined ? <Skeleton label="Plan" lines={3} /> : null}
    </ConfirmDialog>
  );
}
