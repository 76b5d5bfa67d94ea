import { useCallback, useMemo, useState } from 'react';
import type { Action, Environment, ServiceState, StackState } from '#contract/index.ts';
import { type OperationView, type Stores, useStore } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { clock } from '#ui/format.ts';
import { PageTop } from '#ui/page-top.tsx';
import { type BadgeLook, StateBadge } from '#ui/state-badge.tsx';
import { useNow } from '#ui/use-now.ts';
import { t, told } from '#words/index.ts';
import { headline, stackLook } from './conditions.ts';
import type { PanelRepair } from './finding-row.tsx';
import { hindranceOf, isBusy } from './hindrance.ts';
import { lacksFiles, type StackAction, stackActions } from './main-action.ts';
import {
  type PlanQuestion,
  questionFor,
  questionForAgreement,
  questionForRebuild,
  questionForServiceRestart,
} from './questions.ts';
import type { ServiceOrder } from './service-menu.tsx';
import { StackBody } from './stack-body.tsx';
import { StackQuestions } from './stack-questions.tsx';
import { stagesOf } from './stages.ts';
import { usePreflight } from './use-preflight.ts';
import { useUsage } from './use-usage.ts';
import { headlineDoing, verbDoing } from './verbs.ts';

export interface StackPageProps {
  stores: Stores;
  environment: Environment;
  onShowLogs: (service: string) => void;
  /** Leads to the page that makes a repair. */
  onRepair: (repair: PanelRepair) => void;
  /** The verb of a button that was asked for from elsewhere: its question is shown, nothing is done. */
  asked: string | undefined;
  /** Told when that question is answered. */
  onAsked: () => void;
}

interface HeadProps {
  title: string;
  stack: StackState | undefined;
  view: OperationView | undefined;
  /** True while what is known is also the present state. */
  fresh: boolean;
}

/** Badge, heading and sentence: of the operation while one runs, else of the stack. */
function headOf({ title, stack, view, fresh }: HeadProps): {
  look: BadgeLook | undefined;
  title: string;
  sentence: string;
} {
  if (stack === undefined) return { look: undefined, title, sentence: t('stack:head.reading') };
  if (!fresh) {
    return {
      look: stackLook('unknown'),
      title: headline(title, stack),
      // Where the state was never known, the sentence says why: that holds now.
      sentence:
        stack.condition === 'unknown'
          ? told(stack.sentence)
          : t('stack:head.asOf', { sentence: told(stack.sentence), time: clock(stack.at, true) }),
    };
  }
  if (view === undefined || view.end !== undefined) {
    return { look: stackLook(stack.condition), title: headline(title, stack), sentence: told(stack.sentence) };
  }
  const stage = stagesOf(view.steps).find(({ progress }) => progress === 'running');
  return {
    look: { tone: 'busy', icon: 'spin', word: verbDoing({ ...view.action, services: [] }) },
    title: headlineDoing(view.action, title),
    sentence:
      stage === undefined
        ? told(stack.sentence)
        : t('stack:head.stage', { stage: stage.name, settled: stage.settled, total: stage.steps.length }),
  };
}

interface ActionsProps {
  stack: StackState;
  enabled: boolean;
  /** Looks at what would keep it from starting; absent where it runs. */
  onCheck: (() => void) | undefined;
  onAction: (action: StackAction) => void;
}

function Actions({ stack, enabled, onCheck, onAction }: ActionsProps) {
  return (
    <>
      {onCheck === undefined ? null : (
        <Button look="quiet" onClick={onCheck}>
          {t('preflight:check')}
        </Button>
      )}
      {stackActions(stack).map((action) => (
        <Button
          key={action.name}
          look={action.look}
          needs="operator"
          disabled={!enabled}
          onClick={() => {
            onAction(action);
          }}
        >
          {t(`stack:action.${action.word}`)}
        </Button>
      ))}
    </>
  );
}

/** The page that shows one environment's stack and does things with it. */
export function StackPage({ stores, environment, onShowLogs, onRepair, asked, onAsked }: StackPageProps) {
  const { id, title } = environment;
  const online = useStore(stores.connection, ({ status }) => status === 'connected');
  const entry = useStore(stores.stack, ({ byEnvironment }) => byEnvironment[id]);
  const operation = useStore(stores.operation, ({ byEnvironment }) => byEnvironment[id]);
  const orders = useStore(stores.operation, (state) => state);
  const [pressed, setPressed] = useState<PlanQuestion>();
  const [scaled, setScaled] = useState<string>();
  const stack = entry?.stack;
  const readOf = useStore(stores.stack, (state) => state.lastWords);
  const readLastWords = useCallback((service: string) => readOf(id, service), [readOf, id]);
  const busy = isBusy({ stack, operation });
  const usage = useUsage(stores, id);
  const engineUp = stack?.engine.state === 'connected';
  const preflight = usePreflight(stores, id, stack, busy);
  const writable = hindranceOf({ online, stack, operation }) === undefined;
  const now = useNow(busy || stack?.condition === 'starting');
  const head = headOf({ title, stack, view: operation?.view, fresh: online && engineUp });
  const start = (action: Action) => {
    void orders.start(id, action);
  };

  const wanted = stack === undefined ? undefined : stackActions(stack).find(({ verb, ask }) => ask && verb === asked);
  const fromAddress = useMemo(() => (wanted === undefined ? undefined : questionFor(wanted, title)), [wanted, title]);
  const unagreed = operation?.unagreed;
  const waiting = useMemo(() => unagreed && questionForAgreement(unagreed, title), [unagreed, title]);
  const question = pressed ?? waiting ?? fromAddress;
  const close = () => {
    setPressed(undefined);
    setScaled(undefined);
    if (unagreed !== undefined) orders.dismiss(id);
    onAsked();
  };

  const onAction = (button: StackAction) => {
    if (button.ask) setPressed(questionFor(button, title));
    else start({ verb: button.verb, services: [] });
  };

  const onServiceOrder = ({ name }: ServiceState, order: ServiceOrder) => {
    if (order === 'scale') setScaled(name);
    else if (order === 'restart') setPressed(questionForServiceRestart(name));
    else if (order === 'rebuild') setPressed(questionForRebuild(name));
    else if (order === 'stop') start({ verb: 'stop', services: [name] });
    // Without its files nothing can be made anew, but what there is starts again.
    else start({ verb: stack !== undefined && lacksFiles(stack) ? 'start' : 'up', services: [name] });
  };

  return (
    <>
      <PageTop
        badge={head.look === undefined ? undefined : <StateBadge {...head.look} />}
        title={head.title}
        sentence={head.sentence}
        actions={
          stack === undefined ? undefined : (
            <Actions
              stack={stack}
              enabled={writable && (stack.problem === undefined || lacksFiles(stack))}
              onCheck={online && preflight.possible ? preflight.check : undefined}
              onAction={onAction}
            />
          )
        }
      />
      <StackBody
        environment={environment}
        entry={entry ?? {}}
        operation={operation ?? {}}
        now={now}
        online={online}
        writable={writable}
        onStart={start}
        onCancel={() => {
          void orders.cancel(id);
        }}
        preflight={preflight}
        onRepair={onRepair}
        onDismiss={() => {
          orders.dismiss(id);
        }}
        onAsk={setPressed}
        onShowLogs={onShowLogs}
        readLastWords={readLastWords}
        usage={usage}
        onServiceOrder={onServiceOrder}
      />
      <StackQuestions
        environment={id}
        question={question}
        scaled={stack?.services.find(({ name }) => name === scaled)}
        preview={orders.preview}
        writable={writable}
        onConfirm={start}
        onClose={close}
      />
    </>
  );
}
