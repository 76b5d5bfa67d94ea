import { FileX } from 'lucide-react';
import type { Action, Environment, Problem, ServiceState } from '#contract/index.ts';
import type { OperationEntry, StackEntry } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { PageBody } from '#ui/page-body.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { t, told } from '#words/index.ts';
import { EngineBanner } from './engine-banner.tsx';
import type { PanelRepair } from './finding-row.tsx';
import type { ReadLastWords } from './last-words.tsx';
import { OperationCard } from './operation-card.tsx';
import { OrphansNotice } from './orphans-notice.tsx';
import { OutcomeBanner } from './outcome-banner.tsx';
import { PreflightPart } from './preflight-part.tsx';
import { ProblemBanner } from './problem-banner.tsx';
import { placeOf, problemReport } from './problem-text.ts';
import { type PlanQuestion, questionForOrphans, questionForRemoval } from './questions.ts';
import type { ServiceOrder } from './service-menu.tsx';
import { ServicesCard } from './services-card.tsx';
import type { PreflightView } from './use-preflight.ts';
import type { UsageSource } from './use-usage.ts';
import { waitingServices } from './waiting.ts';
import { WaitingCard } from './waiting-card.tsx';
import { waterfall } from './waterfall.ts';

export interface StackBodyProps {
  environment: Environment;
  entry: StackEntry;
  operation: OperationEntry;
  now: number;
  online: boolean;
  writable: boolean;
  onStart: (action: Action) => void;
  onCancel: () => void;
  onDismiss: () => void;
  onAsk: (question: PlanQuestion) => void;
  onShowLogs: (service: string) => void;
  readLastWords: ReadLastWords;
  usage: UsageSource;
  onServiceOrder: (service: ServiceState, order: ServiceOrder) => void;
  preflight: PreflightView;
  onRepair: (repair: PanelRepair) => void;
}

function FilesProblem({ problem }: { problem: Problem }) {
  const place = placeOf(problem);
  return (
    <ErrorState
      title={place === undefined ? t('stack:filesUnusable') : t('stack:wrongIn', { place })}
      message={told(problem.message)}
      remedy={told(problem.remedy)}
      details={problemReport(problem)}
    />
  );
}

/** The report says the same, with what mends it. */
const isRepairable = ({ message }: Problem, { report }: PreflightView): boolean =>
  report?.findings.some(({ title, repairs = [] }) => title === message && repairs.length > 0) === true;

/** A project that was started elsewhere, which lacks its files or is no more: nothing that could be mended here. */
const isNoFault = ({ code }: Problem): boolean => code === 'PROJECT_NOT_FOUND' || code === 'ENVIRONMENT_NOT_FOUND';

function OperationPart({ operation, now, online, onCancel, onDismiss }: StackBodyProps) {
  const { view, problem, cancelling = false } = operation;
  return (
    <>
      {problem === undefined ? null : <ProblemBanner problem={problem} onDismiss={onDismiss} />}
      {view?.end === undefined ? null : <OutcomeBanner view={view} end={view.end} onDismiss={onDismiss} />}
      {view === undefined || view.end?.outcome === 'done' ? null : (
        <OperationCard view={view} now={now} cancelling={cancelling} writable={online} onCancel={onCancel} />
      )}
    </>
  );
}

/** Everything below the head of the Stack page. */
export function StackBody(props: StackBodyProps) {
  const { environment, entry, operation, now, online, writable, onAsk, onShowLogs } = props;
  const { stack } = entry;
  const broken = stack?.problem ?? (stack === undefined ? (entry.problem ?? environment.problem) : undefined);
  const waiting = stack === undefined ? [] : waitingServices(stack.services, operation.view);
  const begin = operation.view?.end === undefined ? operation.view?.startedAt : undefined;
  return (
    <PageBody>
      {stack === undefined ? null : <EngineBanner engine={stack.engine} at={stack.at} />}
      {broken === undefined || isRepairable(broken, props.preflight) ? null : isNoFault(broken) ? (
        <Banner tone="off" title={told(broken.message)}>
          <p>{told(broken.remedy)}</p>
        </Banner>
      ) : (
        <FilesProblem problem={broken} />
      )}
      <PreflightPart {...props} />
      <OperationPart {...props} />
      {stack === undefined || waiting.length === 0 ? null : (
        <WaitingCard
          chain={waterfall(stack.services, waiting, begin === undefined ? undefined : Date.parse(begin), now)}
          now={now}
          since={begin}
        />
      )}
      {stack === undefined ? null : (
        <OrphansNotice
          names={stack.orphans}
          writable={writable}
          onRemove={() => {
            onAsk(questionForOrphans(environment.title));
          }}
        />
      )}
      {stack === undefined && broken === undefined ? (
        <Card title={t('stack:services')}>
          <Skeleton label={t('stack:readingServices')} />
        </Card>
      ) : null}
      {stack !== undefined && stack.services.length > 0 ? (
        <ServicesCard
          stack={stack}
          command={environment.command}
          now={now}
          seenAt={online && stack.engine.state === 'connected' ? undefined : stack.at}
          writable={writable}
          readLastWords={props.readLastWords}
          usage={props.usage}
          onServiceOrder={props.onServiceOrder}
          onShowLogs={onShowLogs}
          onRemove={() => {
            onAsk(questionForRemoval(environment.title, stack.orphans.length > 0));
          }}
        />
      ) : null}
      {stack?.services.length === 0 && broken === undefined ? (
        <EmptyState icon={FileX} title={t('stack:noServices')}>
          <p>{t('stack:noServicesNote', { files: environment.files.join(', ') })}</p>
        </EmptyState>
      ) : null}
    </PageBody>
  );
}
