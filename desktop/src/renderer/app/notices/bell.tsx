import { Bell } from 'lucide-react';
import { Button } from '#ui/button.tsx';
import { moment } from '#ui/format.ts';
import { Popover } from '#ui/popover.tsx';
import { ToneIcon } from '#ui/tone-icon.tsx';
import { useNow } from '#ui/use-now.ts';
import { t } from '#words/index.ts';
import { usePanel } from '../use-panel.ts';
import css from './notices.module.css';
import { useNotices } from './use-notices.ts';

/** The last notifications, behind a bell that counts those that were not looked at. */
export function NoticeBell() {
  const { stores } = usePanel();
  const { list, lineOf, show } = useNotices();
  const now = useNow(true, 60_000);
  const { markRead, clear } = stores.notices.getState();
  return (
    <Popover
      label={t('app:notice.title')}
      icon={Bell}
      wide
      count={list.filter(({ read }) => !read).length}
      onOpen={markRead}
    >
      <div className={css['head']}>
        <h2>{t('app:notice.title')}</h2>
        {list.length === 0 ? null : (
          <Button look="quiet" onClick={clear}>
            {t('app:notice.clear')}
          </Button>
        )}
      </div>
      {list.length === 0 ? <p className={css['none']}>{t('app:notice.none')}</p> : null}
      <ul className={css['list']}>
        {list.map((notice) => {
          const { id, tone, title, note } = lineOf(notice);
          return (
            <li key={id}>
              <button
                type="button"
                className={css['line']}
                onClick={() => {
                  show(id);
                }}
              >
                <ToneIcon tone={tone} />
                <b>{title}</b>
                <time dateTime={new Date(notice.at).toISOString()}>
                  {moment(new Date(notice.at).toISOString(), now)}
                </time>
                <small>{note}</small>
              </button>
            </li>
          );
        })}
      </ul>
    </Popover>
  );
}
