import type { Problem } from '#contract/index.ts';
import type { LogsStore } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { Button } from '#ui/button.tsx';
import { PageTop } from '#ui/page-top.tsx';
import { t, told } from '#words/index.ts';
import { ExportMenu } from './export-menu.tsx';
import type { LogView } from './filter.ts';
import { heldSentence } from './held-sentence.ts';
import css from './logs-page.module.css';
import type { Exporting } from './use-export.ts';
import { useSettled } from './use-settled.ts';
import { useUtc } from './utc.ts';

export interface LogsTopProps {
  store: LogsStore;
  view: LogView;
  services: number;
  exporting: Exporting;
  disabled: boolean;
  onFollow: (following: boolean) => void;
}

/** What is held, and the main actions. */
export function LogsTop({ store, view, services, exporting, disabled, onFollow }: LogsTopProps) {
  const utc = useUtc();
  const state = useSettled(store);
  return (
    <PageTop
      title={t('logs:title')}
      sentence={state.loading && state.held === 0 ? t('logs:reading') : heldSentence({ services, ...state, utc })}
      actions={
        <>
          <ExportMenu
            view={view}
            held={state.held}
            more={!state.atStart || state.paused}
            exporting={exporting}
            disabled={disabled}
          />
          <Button
            look={state.following ? 'primary' : 'plain'}
            aria-pressed={state.following}
            onClick={() => {
              onFollow(!state.following);
            }}
          >
            {t('logs:follow')}
          </Button>
        </>
      }
    />
  );
}

/** Why no lines can be read, where something is wrong. */
export function LogsProblem({ problem }: { problem: Problem | undefined }) {
  if (problem === undefined) return null;
  return (
    <div className={css['problem']}>
      <Banner tone="bad" title={told(problem.message)}>
        {problem.remedy === undefined ? null : <p>{told(problem.remedy)}</p>}
      </Banner>
    </div>
  );
}
