import { useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useStore } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { t } from '#words/index.ts';
import { usePanel } from '../use-panel.ts';
import { stepFrom, tourSteps } from './steps.ts';
import css from './tour.module.css';

function TourStrip({ onEnd }: { onEnd: () => void }) {
  const navigate = useNavigate();
  const id = useId();
  const [at, setAt] = useState(0);
  const step = tourSteps[at] ?? tourSteps[0];
  const end = () => {
    onEnd();
    document.querySelector('main')?.focus();
  };
  const go = (by: 1 | -1) => {
    const next = stepFrom(at, by);
    const wanted = next === undefined ? undefined : tourSteps[next];
    if (next === undefined || wanted === undefined) {
      end();
      return;
    }
    setAt(next);
    void navigate({ to: wanted.page, search: ({ env }) => (env === undefined ? {} : { env }) });
  };
  return (
    <section
      className={css['tour']}
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key === 'Escape') end();
      }}
    >
      <div className={css['words']} aria-live="polite">
        <h2 id={id}>{t(`app:tour.${step.id}.title`)}</h2>
        <p>{t(`app:tour.${step.id}.text`)}</p>
      </div>
      <div className={css['actions']}>
        <span className={css['count']}>{t('app:tour.place', { at: at + 1, all: tourSteps.length })}</span>
        <Button look="quiet" onClick={end}>
          {t('app:tour.skip')}
        </Button>
        {at === 0 ? null : (
          <Button
            onClick={() => {
              go(-1);
            }}
          >
            {t('app:tour.previous')}
          </Button>
        )}
        <Button
          look="primary"
          onClick={() => {
            go(1);
          }}
        >
          {t(at === tourSteps.length - 1 ? 'app:tour.end' : 'app:tour.next')}
        </Button>
      </div>
    </section>
  );
}

/** Four steps for somebody who sees the panel for the first time, above the page; put away, it comes only when it is asked for. */
export function Tour() {
  const { stores, project } = usePanel();
  const wanted = useStore(stores.preferences, ({ known, toured }) => known && !toured);
  if (!wanted || project === undefined || project.environments.length === 0) return null;
  return (
    <TourStrip
      onEnd={() => {
        void stores.preferences.getState().change({ toured: true });
      }}
    />
  );
}
