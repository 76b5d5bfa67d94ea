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
import css from './differences.module.css';

const looks: Record<ServiceDifference['state'], BadgeLook> = {
  same: { tone: 'ok', icon: 'check', word: 'As the files say' },
  differs: { tone: 'warn', icon: 'alert', word: 'Differs' },
  missing: { tone: 'off', icon: 'dash', word: 'Not created' },
  extra: { tone: 'warn', icon: 'alert', word: 'Not in the files' },
};

const sentences: Partial<Record<ServiceDifference['state'], string>> = {
  same: 'What runs is what the files say.',
  missing: 'There is no container of it yet. The next start creates it.',
  extra: 'It runs, but the files do not name it any more.',
};

function Side({ text }: { text: string | undefined }) {
  return text === undefined ? <i>nothing</i> : <code>{plainText(text)}</code>;
}

function Facts({ differences }: { differences: readonly Difference[] }) {
  return (
    <ul className={css['facts']}>
      {differences.map(({ what, runs, files }) => (
        <li key={what}>
          <b>{what}</b>
          {runs === undefined && files === undefined ? null : (
            <dl>
              <div>
                <dt>runs</dt>
                <dd>
                  <Side text={runs} />
                </dd>
              </div>
              <div>
                <dt>files</dt>
                <dd>
                  {runs !== undefined && runs === files ? (
                    <i>another value, which is secret, too</i>
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
    return <ErrorState title="What runs cannot be compared" message={problem.message} remedy={problem.remedy} />;
  }
  if (value === undefined) return <Skeleton label="Comparing with what runs" lines={6} />;
  if (value.length > 0 && value.every(({ state }) => state === 'same')) {
    return (
      <EmptyState icon={Equal} title="What runs is what the files say">
        <p>Images, variables, ports, mounts and the rest are the same in every service.</p>
      </EmptyState>
    );
  }
  return (
    <>
      {value.map(({ service, state, differences: own }) => (
        <Card key={service} title={service} aside={<StateBadge {...looks[state]} />}>
          {own.length === 0 ? <p className={css['sentence']}>{sentences[state]}</p> : <Facts differences={own} />}
        </Card>
      ))}
      <div>
        <Button onClick={onShowStack}>Show the stack</Button>
      </div>
    </>
  );
}
