import { type ReactNode, useEffect, useState } from 'react';
import type { Action, Plan, Problem } from '#contract/index.ts';
import { type OperationSlice, riskQuestion, withAgreement } from '#state/index.ts';
import { Agreement } from '#ui/agreement.tsx';
import { CopyCommand } from '#ui/copy-command.tsx';
import { ConfirmDialog } from '#ui/dialog.tsx';
import { type Fact, FactList } from '#ui/fact-list.tsx';
import { NumberedDetails } from '#ui/numbered-details.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { t, told } from '#words/index.ts';
import css from './plan-dialog.module.css';
import { type PlanLine, planLines, planSentence } from './plan-words.ts';
import type { PlanQuestion, QuestionWords } from './questions.ts';

type Preview = { plan: Plan } | { problem: Problem } | undefined;

function factOf({ what, resources, causes }: PlanLine): Fact {
  return {
    what,
    names: resources.join(', '),
    ...(causes.length === 0
      ? {}
      : { note: causes.map((cause) => t('stack:because', { cause: told(cause) })).join('; ') }),
  };
}

function PlanDetails({ plan, assurance }: { plan: Plan; assurance: string | undefined }) {
  return (
    <>
      <FactList facts={planLines(plan).map(factOf)} />
      {assurance === undefined ? null : <p>{assurance}</p>}
      {plan.warnings.map((warning) => (
        <p key={warning} className={css['warning']}>
          {told(warning)}
        </p>
      ))}
      <NumberedDetails
        summary={t('stack:steps', { count: plan.steps.length })}
        lines={plan.steps.map(({ kind, resource }) => `${kind} ${resource}`)}
      />
      <CopyCommand command={plan.command} />
    </>
  );
}

function describe(preview: Preview): string {
  if (preview === undefined) return t('stack:workingOut');
  return 'plan' in preview ? planSentence(preview.plan) : told(preview.problem.message);
}

export interface PlanDialogProps {
  environment: string;
  words: QuestionWords;
  /** Absent as long as it is not known what is asked for. */
  question: PlanQuestion | undefined;
  preview: OperationSlice['preview'];
  writable: boolean;
  onConfirm: (action: Action) => void;
  onClose: () => void;
  /** What is chosen before the plan can be made. */
  children?: ReactNode;
}

/** Shows what an action would do, and does it only when told so. */
export function PlanDialog(props: PlanDialogProps) {
  const { environment, words, question, preview: ask, writable, onConfirm, onClose, children } = props;
  const [agreed, setAgreed] = useState(false);
  const [answered, setAnswered] = useState<{ question: PlanQuestion; preview: Preview }>();
  const preview = answered?.question === question ? answered?.preview : undefined;
  useEffect(() => {
    let wanted = true;
    if (question === undefined) return undefined;
    void ask(environment, question.action).then((answer) => {
      if (wanted) setAnswered({ question, preview: answer });
    });
    return () => {
      wanted = false;
    };
  }, [ask, environment, question]);
  const plan = preview !== undefined && 'plan' in preview ? preview.plan : undefined;
  const risks = plan === undefined ? undefined : riskQuestion(plan);
  const problem = preview !== undefined && 'problem' in preview ? preview.problem : undefined;
  return (
    <ConfirmDialog
      open
      title={words.title}
      description={question === undefined ? t('stack:nothingDone') : describe(preview)}
      confirm={words.confirm}
      danger={words.danger || risks !== undefined}
      confirmDisabled={!writable || plan === undefined || (risks !== undefined && !agreed)}
      onConfirm={() => {
        if (question !== undefined) onConfirm(withAgreement(question.action, risks));
      }}
      onClose={onClose}
    >
      {/* First, for it is what holds the button back. */}
      {risks === undefined ? null : <Agreement {...risks} onChange={setAgreed} />}
      {children}
      {plan === undefined ? null : <PlanDetails plan={plan} assurance={words.assurance} />}
      {problem?.remedy === undefined ? null : <p>{told(problem.remedy)}</p>}
      {preview === undefined && question !== undefined ? <Skeleton label={t('stack:plan')} lines={3} /> : null}
    </ConfirmDialog>
  );
}
