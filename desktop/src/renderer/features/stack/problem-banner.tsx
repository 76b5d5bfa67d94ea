import type { Problem } from '#contract/index.ts';
import { Banner } from '#ui/banner.tsx';
import css from './notices.module.css';

/** Why an order was not taken. */
export function ProblemBanner({ problem, onDismiss }: { problem: Problem; onDismiss: () => void }) {
  return (
    <Banner tone="bad" title={problem.message} onDismiss={onDismiss}>
      {problem.remedy === undefined ? null : <p className={css['remedy']}>{problem.remedy}</p>}
    </Banner>
  );
}
