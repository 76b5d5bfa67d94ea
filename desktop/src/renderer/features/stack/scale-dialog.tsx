import { useMemo, useState } from 'react';
import type { ServiceState } from '#contract/index.ts';
import { TextField } from '#ui/text-field.tsx';
import { t } from '#words/index.ts';
import { PlanDialog, type PlanDialogProps } from './plan-dialog.tsx';
import { questionForScale, questionWords } from './questions.ts';

const most = 100;

/** The number that a text names, where it is one of containers that a service may have. */
function countOf(text: string): number | undefined {
  const value = Number(text);
  return /^\d{1,3}$/.test(text.trim()) && value <= most ? value : undefined;
}

export interface ScaleDialogProps extends Pick<PlanDialogProps, 'environment' | 'preview' | 'writable' | 'onClose'> {
  service: ServiceState;
  onConfirm: PlanDialogProps['onConfirm'];
}

/** Asks how often a service is to run, and shows what that would do. */
export function ScaleDialog({ service: { name, containers, wanted }, ...rest }: ScaleDialogProps) {
  const [text, setText] = useState(String(containers.length === 0 ? wanted : containers.length));
  const count = countOf(text);
  const question = useMemo(() => (count === undefined ? undefined : questionForScale(name, count)), [name, count]);
  return (
    <PlanDialog {...rest} words={questionWords({ asked: 'scale', name })} question={question}>
      <TextField
        label={t('stack:scaleTo')}
        value={text}
        onChange={setText}
        note={t('stack:scaleNote', { wanted })}
        problem={count === undefined ? t('stack:scaleProblem', { most }) : undefined}
      />
    </PlanDialog>
  );
}
