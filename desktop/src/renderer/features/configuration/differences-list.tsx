import { Equal } from 'lucide-react';
import type { Difference, ServiceDifference } from '#contract/index.ts';
import type { Reading } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { plainText } from '#ui/plain-text.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import { type BadgeLook, StateBadge } from '#ui/state-badge.tsx';
import { t, told } from '#words/index.ts';
import css from './differences.module.css';

const looks: Record<ServiceDifference['state'], Pick<BadgeLook, 'tone' | 'icon'>> = {
  same: { tone: 'ok', icon: 'check' },
  differs: { tone: 'warn', icon: 'alert' },
  missing: { tone: 'off', icon: 'dash' },
  extra: { tone: 'warn', icon: 'alert' },
};

function Sentence({ state }: Pick<ServiceDifference, 'state'>) {
  return (
    <p className={css['sentence']}>{state === 'differs' ? null : t(`configuration:differences.sentence.${state}`)}</p>
  );
}

function Side({ text }: { text: string | undefined }) {
  return text === undefined ? <i>{t('configuration:differences.nothing')}</i> : <code>{plainText(text)}</code>;
}

function Facts({ differences }: { differences: readonly Difference[] }) {
  return (
    <ul className={css['facts']}>
      {differences.map(({ what, runs, files }) => (
        <li key={what}>
          <b>{told(what)}</b>
          {runs === undefined && files === undefined ? null : (
            <dl>
              <div>
                <dt>{t('configuration:differences.runs')}</dt>
                <dd>
                  <Side text={runs} />
                </dd>
              </div>
              <div>
                <dt>{t('configuration:differences.files')}</dt>
                <dd>
                  {runs !== undefined && runs === files ? (
                    <i>{t('configuration:differences.otherSecret')}</i>
                  ) : (
                    <Side text={files} />
                  )}
                </dd>
              </div>
            </dl>
          )}
        </li>
      ))}
    </ul>
  );
}

export interface DifferencesListProps {
  differences: Reading<ServiceDifference[]> | undefined;
  onShowStack: () => void;
}

/** What runs otherwise than the files say, service by service. */
export function DifferencesList({ differences, onShowStack }: DifferencesListProps) {
  const { value, problem } = differences ?? {};
  if (problem !== undefined) {
    return (
      <ErrorState
        title={t('configuration:differences.problem')}
        message={told(problem.message)}
        remedy={told(problem.remedy)}
      />
    );
  }
  if (value === undefined) return <Skeleton label={t('configuration:differences.reading')} lines={6} />;
  if (value.length > 0 && value.every(({ state }) => state === 'same')) {
    return (
      <EmptyState icon={Equal} title={t('configuration:differences.same')}>
        <p>{t('configuration:differences.sameNote')}</p>
      </EmptyState>
    );
  }
  return (
    <>
      {value.map(({ service, state, differences: own }) => (
        <Card
          key={service}
          title={service}
          aside={<StateBadge {...looks[state]} word={t(`configuration:differences.state.${state}`)} />}
        >
          {own.length === 0 ? <Sentence state={state} /> : <Facts differences={own} />}
        </Card>
      ))}
      <div>
        <Button onClick={onShowStack}>{t('configuration:showStack')}</Button>
      </div>
    </>
  );
}
