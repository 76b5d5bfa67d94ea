import { Banner } from '#ui/banner.tsx';
import { Button } from '#ui/button.tsx';
import { counted } from '#ui/format.ts';
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
      Remove them…
    </Button>
  );
  return (
    <Banner
      tone="warn"
      title={`${counted(names.length, 'container')} left over from services that the files no longer name`}
      actions={actions}
    >
      <p className={css['mono']}>{names.join(', ')}</p>
      <p className={css['small']}>Docker calls them orphans.</p>
    </Banner>
  );
}
