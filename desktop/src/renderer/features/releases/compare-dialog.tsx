import type { Release } from '#contract/index.ts';
import type { Compared, ReleasesSlice } from '#state/index.ts';
import { InfoDialog } from '#ui/dialog.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { t, told } from '#words/index.ts';
import css from './comparison.module.css';
import { comparisonParts, sentenceOf } from './comparison-words.ts';
import { useComparison } from './use-comparison.ts';

interface Asked {
  environment: string;
  compare: ReleasesSlice['compare'];
}

/** What differs, part by part, as a table of before and after. */
function Comparison({ found }: { found: Compared | undefined }) {
  if (found === undefined) return <Skeleton label={t('releases:comparison.comparing')} lines={3} />;
  if ('problem' in found) {
    const { message, remedy } = found.problem;
    return (
      <p>
        {told(message)} {told(remedy)}
      </p>
    );
  }
  const parts = comparisonParts(found.comparison);
  if (parts.length === 0) return <p>{t('releases:comparison.same')}</p>;
  return parts.map(({ title, lines }) => (
    <section key={title} className={css['part']} aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {lines.map(({ what, from, to }, index) => (
          <li key={index}>
            <b>{what}</b>
            {from === undefined && to === undefined ? null : (
              <span className={css['change']}>
                {from === undefined ? <i>{t('releases:comparison.notSet')}</i> : <del>{from}</del>}
                <span aria-hidden="true">→</span>
                {to === undefined ? <i>{t('releases:comparison.notSet')}</i> : <ins>{to}</ins>}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  ));
}

/** What a deploy or rollback changes, folded away in the question about it. */
export function ComparisonDetails({ environment, to, compare }: Asked & { to: string }) {
  const found = useComparison(compare, environment, to);
  const summary =
    found === undefined || 'problem' in found
      ? t('releases:comparison.summary')
      : t('releases:comparison.summaryTold', { differences: sentenceOf(found.comparison) });
  return (
    <details className={css['details']}>
      <summary>{summary}</summary>
      <Comparison found={found} />
    </details>
  );
}

/** Shows what going from what runs to a release would change. */
export function CompareDialog({
  environment,
  release,
  compare,
  onClose,
}: Asked & { release: Release; onClose: () => void }) {
  const found = useComparison(compare, environment, release.id);
  const description =
    found !== undefined && 'comparison' in found
      ? t('releases:comparison.from', {
          version: found.comparison.from.version,
          differences: sentenceOf(found.comparison),
        })
      : t('releases:comparison.withRunning');
  return (
    <InfoDialog
      title={t('releases:comparison.title', { version: release.version })}
      description={description}
      onClose={onClose}
    >
      <Comparison found={found} />
    </InfoDialog>
  );
}
