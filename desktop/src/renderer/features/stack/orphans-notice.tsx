import { Banner } from '#ui/banner.tsx';
import { Button } from '#ui/button.tsx';
import { t } from '#words/index.ts';
import css from './notices.module.css';

export interface OrphansNoticeProps {
  names: readonly string[];
  writable: boolean;
  onRemove: () => void;
}

/** Containers of this project that no service of the files accounts for. */
export function OrphansNotice({ names, writable, onRemove }: OrphansNoticeProps) {
  if (names.length === 0) return null;
  const actions = (
    <Button needs="operator" disabled={!writable} onClick={onRemove}>
      {t('stack:removeOrphans')}
    </Button>
  );
  return (
    <Banner tone="warn" title={t('stack:orphans', { count: names.length })} actions={actions}>
      <p className={css['mono']}>{names.join(', ')}</p>
      <p className={css['small']}>{t('stack:orphansNote')}</p>
    </Banner>
  );
}
