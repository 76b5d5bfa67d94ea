import { X } from 'lucide-react';
import type { OperationView } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { CopyCommand } from '#ui/copy-command.tsx';
import { duration } from '#ui/format.ts';
import { Progress } from '#ui/progress.tsx';
import { StepList } from '#ui/step-list.tsx';
import { TransferList } from '#ui/transfer-list.tsx';
import { t, told } from '#words/index.ts';
import css from './progress-card.module.css';
import { progressSteps, progressValue } from './progress-steps.ts';

export interface ProgressCardProps {
  title: string;
  /** What does the same in a terminal. */
  command: string;
  view: OperationView;
  now: number;
  cancelling: boolean;
  writable: boolean;
  onCancel: () => void;
}

/** A deploy or rollback while it runs, and afterwards how far it came. */
export function ProgressCard({ title, command, view, now, cancelling, writable, onCancel }: ProgressCardProps) {
  const running = view.end === undefined;
  const seconds = view.end?.seconds ?? Math.max(0, Math.floor((now - Date.parse(view.startedAt)) / 1000));
  const said = view.stages.at(-1)?.text ?? '';
  const pulls = running ? Object.values(view.pulls) : [];
  return (
    <Card
      title={title}
      aside={
        <>
          <span>{duration(seconds)}</span>
          {running ? (
            <Button look="quiet" icon={X} needs="operator" disabled={cancelling || !writable} onClick={onCancel}>
              {t(cancelling ? 'releases:cancelling' : 'releases:cancel')}
            </Button>
          ) : null}
        </>
      }
      footer={<CopyCommand command={command} />}
    >
      <div className={css['body']}>
        {running ? (
          <>
            <Progress label={title} value={progressValue(view)} text={said} />
            <p className={css['hint']}>{t('releases:goesOn')}</p>
          </>
        ) : null}
        <StepList label={t('releases:stages')} steps={progressSteps(view, now)} />
        <TransferList
          transfers={pulls.map(({ service, image, current, total, layersDone, layers }) => ({
            name: service,
            what: image,
            current,
            total,
            note: t('releases:parts', { done: layersDone, all: layers }),
          }))}
        />
        {Object.entries(view.waiting).map(([service, reason]) => (
          <p key={service} className={css['waiting']}>
            <b>{service}</b> {told(reason)}
          </p>
        ))}
      </div>
    </Card>
  );
}
