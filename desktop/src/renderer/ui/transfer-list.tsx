import { t } from '#words/index.ts';
import { bytes } from './format.ts';
import { Progress } from './progress.tsx';
import css from './transfer-list.module.css';

export interface Transfer {
  name: string;
  /** What is transferred. */
  what: string;
  current: number;
  /** 0 while it is not known. */
  total: number;
  /** Small print after the amount. */
  note: string;
}

/** What is being downloaded, with its bytes. */
export function TransferList({ transfers }: { transfers: readonly Transfer[] }) {
  if (transfers.length === 0) return null;
  return (
    <ul className={css['transfers']}>
      {transfers.map(({ name, what, current, total, note }) => {
        const done = bytes(current);
        const amount = total > 0 ? t('ui:transfer.amount', { current: done, total: bytes(total) }) : done;
        return (
          <li key={name} className={css['transfer']}>
            <span className={css['name']} title={what}>
              {name} <span className={css['quiet']}>{what}</span>
            </span>
            <Progress
              label={t('ui:transfer.download', { what })}
              value={total > 0 ? current / total : undefined}
              text={amount}
            />
            <span className={css['quiet']}>
              {amount} · {note}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
