import { t } from '#words/index.ts';
import css from './services-card.module.css';

/** In place of a figure that is about to come. */
export function NotReadYet() {
  return (
    <span className={css['none']}>
      <span aria-hidden="true">…</span>
      <span className={css['unseen']}>{t('stack:notReadYet')}</span>
    </span>
  );
}
