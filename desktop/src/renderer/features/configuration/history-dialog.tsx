import { useEffect, useState } from 'react';
import type { EnvBackup } from '#contract/index.ts';
import type { Answer, ConfigurationSlice } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { InfoDialog } from '#ui/dialog.tsx';
import { ago } from '#ui/format.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import { useNow } from '#ui/use-now.ts';
import { t, told } from '#words/index.ts';
import css from './variables.module.css';
import { listed } from './words.ts';

export interface HistoryDialogProps {
  environment: string;
  file: string;
  read: ConfigurationSlice['backups'];
  onRestore: (backup: string) => void;
  onClose: () => void;
}

function Backups({ found, onRestore }: { found: Answer<EnvBackup[]> | undefined; onRestore: (id: string) => void }) {
  const now = useNow(true, 30_000);
  if (found === undefined) return <Skeleton label={t('configuration:history.reading')} lines={3} />;
  if ('problem' in found) return <p>{told(found.problem.message)}</p>;
  if (found.value.length === 0) return <p>{t('configuration:history.none')}</p>;
  return (
    <ul aria-label={t('configuration:history.list')}>
      {found.value.map(({ id, at, names }) => (
        <li key={id} className={css['file']}>
          <span>
            <b>
              {names.length === 0
                ? t('configuration:history.beforeComments')
                : t('configuration:history.before', { names: listed(names) })}
            </b>
            <small className={css['note']} title={at}>
              {ago(at, now)}
            </small>
          </span>
          <Button
            needs="admin"
            onClick={() => {
              onRestore(id);
            }}
          >
            {t('configuration:history.restore')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** What a file was before the last saves, each to be brought back. */
export function HistoryDialog({ environment, file, read, onRestore, onClose }: HistoryDialogProps) {
  const [found, setFound] = useState<Answer<EnvBackup[]>>();
  useEffect(() => {
    let wanted = true;
    void read(environment, file).then((answer) => {
      if (wanted) setFound(answer);
    });
    return () => {
      wanted = false;
    };
  }, [read, environment, file]);
  return (
    <InfoDialog
      title={t('configuration:history.title', { file })}
      description={t('configuration:history.description')}
      onClose={onClose}
    >
      <Backups found={found} onRestore={onRestore} />
    </InfoDialog>
  );
}
