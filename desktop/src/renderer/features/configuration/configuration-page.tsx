import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { Environment, Problem } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { PageBody } from '#ui/page-body.tsx';
import { PageTop } from '#ui/page-top.tsx';
import { SegmentedControl } from '#ui/segmented-control.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { StateBadge } from '#ui/state-badge.tsx';
import { t, told } from '#words/index.ts';
import css from './configuration-page.module.css';
import { DifferencesList } from './differences-list.tsx';
import { EnvironmentsList } from './environments-list.tsx';
import { ResolvedCard } from './resolved-card.tsx';
import { SavedBanner } from './saved-banner.tsx';
import { type Part, useConfiguration } from './use-configuration.ts';
import { VariablesPart, type Wanted } from './variables-part.tsx';
import { headLook, headSentence } from './words.ts';

export interface ConfigurationPageProps {
  stores: Stores;
  environment: Environment;
  /** All of the open folder. */
  environments: readonly Environment[];
  /** What another page sent its reader here for. */
  wanted: Wanted | undefined;
  /** It was opened. */
  onOpened: () => void;
  onShowStack: () => void;
}

const parts = ['variables', 'resolved', 'differences', 'environments'] as const satisfies readonly Part[];

/** The page of an environment's configuration: variables, what they make of the files, and how that compares with what runs. */
export function ConfigurationPage({
  stores,
  environment,
  environments,
  wanted,
  onOpened,
  onShowStack,
}: ConfigurationPageProps) {
  const { id } = environment;
  const [part, setPart] = useState<Part>('variables');
  const online = useStore(stores.connection, ({ status }) => status === 'connected');
  const { load, save, dismiss } = useStore(stores.configuration, (state) => state);
  const { variables = {}, resolved, differences, saved } = useConfiguration(stores, id, part);
  const view = variables.value;
  const look = headLook(view);
  const undo = async (file: string, revision: string, backup: string): Promise<Problem | undefined> => {
    const answer = await save(id, { file, revision, change: { kind: 'restore', backup } });
    return 'problem' in answer ? answer.problem : undefined;
  };
  return (
    <>
      <PageTop
        badge={look === undefined ? undefined : <StateBadge {...look} />}
        title={t('configuration:title')}
        sentence={
          variables.problem === undefined || view !== undefined ? headSentence(view) : t('configuration:unreadable')
        }
        actions={
          <Button
            look="quiet"
            icon={RefreshCw}
            disabled={!online}
            onClick={() => {
              void load(id, 'variables');
              if (part === 'resolved' || part === 'differences') void load(id, part);
            }}
          >
            {t('configuration:readAgain')}
          </Button>
        }
      />
      <PageBody>
        <div className={css['tabs']}>
          <SegmentedControl
            label={t('configuration:part')}
            segments={parts.map((one) => ({ id: one, title: t(`configuration:parts.${one}`) }))}
            value={part}
            onChange={(wanted) => {
              setPart(parts.find((one) => one === wanted) ?? 'variables');
            }}
          />
        </div>
        {saved === undefined ? null : (
          <SavedBanner
            key={saved.revision}
            saved={saved}
            onUndo={(backup) => undo(saved.file, saved.revision, backup)}
            onShowStack={onShowStack}
            onDismiss={() => {
              dismiss(id);
            }}
          />
        )}
        {variables.problem === undefined ? null : (
          <ErrorState
            title={t('configuration:variables.unreadable')}
            message={told(variables.problem.message)}
            remedy={told(variables.problem.remedy)}
          />
        )}
        {part === 'variables' && view === undefined && variables.problem === undefined ? (
          <Skeleton label={t('configuration:variables.reading')} lines={8} />
        ) : null}
        {part === 'variables' && view !== undefined ? (
          <VariablesPart
            stores={stores}
            environment={id}
            view={view}
            online={online}
            wanted={wanted}
            onOpened={onOpened}
          />
        ) : null}
        {part === 'resolved' ? <ResolvedCard resolved={resolved} /> : null}
        {part === 'differences' ? <DifferencesList differences={differences} onShowStack={onShowStack} /> : null}
        {part === 'environments' ? <EnvironmentsList environments={environments} current={environment} /> : null}
      </PageBody>
    </>
  );
}
