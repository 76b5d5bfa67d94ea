import { Tag } from 'lucide-react';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filled } from '#ui/filled.tsx';
import { t } from '#words/index.ts';
import css from './releases-page.module.css';

/** What a release is, and how the first one is made. */
export function FirstRelease() {
  return (
    <EmptyState icon={Tag} title={t('releases:first.title')}>
      <p>{t('releases:first.what')}</p>
      <p>{t('releases:first.how')}</p>
      <p className={css['small']}>
        <Filled text={t('releases:inTerminal')} parts={{ command: <code>quayside deploy VERSION</code> }} />
      </p>
    </EmptyState>
  );
}
