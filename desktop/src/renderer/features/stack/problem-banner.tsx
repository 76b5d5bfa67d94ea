import type { Problem } from '#contract/index.ts';
import { Banner } from '#ui/banner.tsx';
import { told } from '#words/index.ts';
import css from './notices.module.css';

/** Why an order was not taken. */
export function ProblemBanner({ problem, onDismiss }: { problem: Problem; onDismiss: () => void }) {
  return (
    <Banner tone="bad" title={told(problem.message)} onDismiss={onDismiss}>
      {problem.remedy === undefined ? null : <p className={css['remedy']}>{told(problem.remedy)}</p>}
    </Banner>
  );
}
