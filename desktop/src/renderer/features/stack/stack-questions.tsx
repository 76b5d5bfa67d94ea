import type { Action, ServiceState } from '#contract/index.ts';
import { PlanDialog, type PlanDialogProps } from './plan-dialog.tsx';
import { type PlanQuestion, questionWords } from './questions.ts';
import { ScaleDialog } from './scale-dialog.tsx';

export interface StackQuestionsProps extends Pick<PlanDialogProps, 'environment' | 'preview' | 'writable'> {
  question: PlanQuestion | undefined;
  /** The service whose number of containers is asked for. */
  scaled: ServiceState | undefined;
  onConfirm: (action: Action) => void;
  onClose: () => void;
}

/** What is asked on the Stack page before it is done. */
export function StackQuestions({ question, scaled, onConfirm, onClose, ...rest }: StackQuestionsProps) {
  const confirm = (action: Action) => {
    onClose();
    onConfirm(action);
  };
  if (scaled !== undefined) return <ScaleDialog {...rest} service={scaled} onConfirm={confirm} onClose={onClose} />;
  if (question === undefined) return null;
  const words = questionWords(question);
  return <PlanDialog {...rest} words={words} question={question} onConfirm={confirm} onClose={onClose} />;
}
