import { ShieldCheck } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Action, Environment, Release } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { PageTop } from '#ui/page-top.tsx';
import { StateBadge } from '#ui/state-badge.tsx';
import { useNow } from '#ui/use-now.ts';
import { t, told } from '#words/index.ts';
import { CompareDialog } from './compare-dialog.tsx';
import { headOf } from './head-words.ts';
import { doingWords } from './outcome-words.ts';
import { ReleaseDialog } from './release-dialog.tsx';
import { type Asked, askedQuestion, type ReleaseQuestion } from './release-question.ts';
import { ReleasesBody } from './releases-body.tsx';
import { useReleases } from './use-releases.ts';

export interface ReleasesPageProps {
  stores: Stores;
  environment: Environment;
  /** A version, or the id of a release, that was asked for from elsewhere: its question is shown, nothing is done. */
  asked: Asked;
  /** Told when that question is answered. */
  onAsked: () => void;
}

/** The page of one environment's releases: what runs, with proof; what can be gone back to; what can be deployed. */
export function ReleasesPage({ stores, environment, asked, onAsked }: ReleasesPageProps) {
  const { id } = environment;
  const online = useStore(stores.connection, ({ status }) => status === 'connected');
  const stack = useStore(stores.stack, ({ byEnvironment }) => byEnvironment[id]?.stack);
  const operation = useStore(stores.operation, ({ byEnvironment }) => byEnvironment[id]);
  const orders = useStore(stores.operation, (state) => state);
  const { verify, compare } = useStore(stores.releases, (state) => state);
  const [pressed, setPressed] = useState<ReleaseQuestion>();
  const [compared, setCompared] = useState<Release>();
  const view = operation?.view;
  const busy =
    operation?.ordering === true || (view !== undefined && view.end === undefined) || stack?.operation !== undefined;
  const entry = useReleases(stores, id, busy);
  const releases = entry.releases ?? [];
  const elsewhere = busy ? undefined : releases.find(({ outcome }) => outcome === 'running');
  const { deploy, rollback } = asked;
  const fromAddress = useMemo(
    () => askedQuestion({ deploy, rollback }, entry.releases, environment.title),
    [deploy, rollback, entry.releases, environment.title],
  );
  const question = pressed ?? fromAddress;
  const close = () => {
    setPressed(undefined);
    onAsked();
  };
  const engineUp = stack?.engine.state === 'connected';
  const writable = online && engineUp && !busy && elsewhere === undefined && entry.recovering !== true;
  const now = useNow(true, busy || elsewhere !== undefined ? 1000 : 30_000);
  const runs =
    view !== undefined && view.end === undefined && (view.action.verb === 'deploy' || view.action.verb === 'rollback');
  const head = runs
    ? {
        look: {
          tone: 'busy',
          icon: 'spin',
          word: t(view.action.verb === 'deploy' ? 'releases:doing.deploy' : 'releases:doing.rollback'),
        } as const,
        sentence: told(view.stages.at(-1)?.text) ?? `${doingWords(view, releases)}…`,
      }
    : headOf({ releases: entry.releases, verification: entry.verification, verifyProblem: entry.verifyProblem });
  const start = (action: Action) => {
    void orders.start(id, action);
  };
  return (
    <>
      <PageTop
        badge={head.look === undefined ? undefined : <StateBadge {...head.look} />}
        title={t('releases:title')}
        sentence={head.sentence}
        actions={
          releases.some(({ current }) => current) ? (
            <Button
              icon={ShieldCheck}
              disabled={!online || busy || entry.verifying === true}
              onClick={() => {
                void verify(id);
              }}
            >
              {t('releases:verify')}
            </Button>
          ) : undefined
        }
      />
      <ReleasesBody
        stores={stores}
        environment={environment}
        entry={entry}
        stack={stack}
        operation={operation ?? {}}
        elsewhere={elsewhere}
        now={now}
        online={online}
        writable={writable}
        onStart={start}
        onAsk={setPressed}
        onCompare={setCompared}
      />
      {compared === undefined ? null : (
        <CompareDialog
          environment={id}
          release={compared}
          compare={compare}
          onClose={() => {
            setCompared(undefined);
          }}
        />
      )}
      {question === undefined ? null : (
        <ReleaseDialog
          environment={id}
          question={question}
          releases={releases}
          preview={orders.preview}
          compare={compare}
          writable={writable}
          onConfirm={(action) => {
            close();
            start(action);
          }}
          onClose={close}
        />
      )}
    </>
  );
}
