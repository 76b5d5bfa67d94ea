import { X } from 'lucide-react';
import type { Problem } from '#contract/index.ts';
import type { BuildView, OperationView } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { CopyCommand } from '#ui/copy-command.tsx';
import { duration } from '#ui/format.ts';
import { Progress } from '#ui/progress.tsx';
import { type Transfer, TransferList } from '#ui/transfer-list.tsx';
import { t, told } from '#words/index.ts';
import { BuildPanel } from './build-panel.tsx';
import css from './operation-card.module.css';
import { progressValue } from './progress-value.ts';
import { StageList } from './stage-list.tsx';
import { stagesOf } from './stages.ts';
import { verbDoing, verbDone } from './verbs.ts';

export interface OperationCardProps {
  view: OperationView;
  now: number;
  cancelling: boolean;
  writable: boolean;
  onCancel: () => void;
}

/** The builds in the order of the plan; one that failed before its first step is among them. */
function buildsOf(view: OperationView): readonly { build: BuildView; problem: Problem | undefined }[] {
  return view.steps.flatMap(({ step, problem }) => {
    if (step.kind !== 'image.build' || step.service === undefined) return [];
    const build = view.builds[step.service] ?? { service: step.service, steps: [], logs: {} };
    return build.steps.length === 0 && problem === undefined ? [] : [{ build, problem }];
  });
}

function transfersOf(view: OperationView): readonly Transfer[] {
  return Object.values(view.pulls).map(({ service, image, current, total, layersDone, layers }) => ({
    name: service,
    what: image,
    current,
    total,
    note: t('stack:layers', { done: layersDone, total: layers }),
  }));
}

function lostNote(dropped: number): string | undefined {
  return dropped === 0 ? undefined : t('stack:skippedMessages', { count: dropped });
}

/** An operation while it runs, and afterwards what it did: stages, builds, downloads, elapsed time. */
export function OperationCard({ view, now, cancelling, writable, onCancel }: OperationCardProps) {
  const stages = stagesOf(view.steps);
  const running = view.end === undefined;
  const seconds = view.end?.seconds ?? Math.max(0, Math.floor((now - Date.parse(view.startedAt)) / 1000));
  const current = stages.find(({ progress }) => progress === 'running');
  const said =
    current === undefined
      ? ''
      : t('stack:stageNow', { stage: current.name, settled: current.settled, total: current.steps.length });
  const aside = (
    <>
      <span>{duration(seconds)}</span>
      {running ? (
        <Button look="quiet" icon={X} needs="operator" disabled={cancelling || !writable} onClick={onCancel}>
          {t(cancelling ? 'stack:cancelling' : 'stack:cancel')}
        </Button>
      ) : null}
    </>
  );
  const lost = lostNote(view.dropped);
  return (
    <Card
      title={running ? verbDoing(view.action) : verbDone(view.action)}
      aside={aside}
      footer={<CopyCommand command={view.plan.command} />}
    >
      <div className={css['body']}>
        {running ? (
          <>
            <Progress label={t('stack:operationProgress')} value={progressValue(view)} text={said} />
            <p className={css['hint']}>{t('stack:leave')}</p>
          </>
        ) : null}
        <StageList stages={stages} now={now} over={!running} shown={view.end?.problem?.message} />
        <TransferList transfers={transfersOf(view)} />
        {view.notes.map((note, index) => (
          <p key={index} className={css['note']}>
            {told(note)}
          </p>
        ))}
        {lost === undefined ? null : <p className={css['note']}>{lost}</p>}
      </div>
      {buildsOf(view).map(({ build, problem }) => (
        <BuildPanel key={build.service} build={build} problem={problem} over={!running} />
      ))}
    </Card>
  );
}
