import { ChevronDown, CircleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import type { LogLine, LogNewErrors } from '#contract/index.ts';
import type { LogsStore } from '#state/index.ts';
import { clock } from '#ui/format.ts';
import { plainText } from '#ui/plain-text.ts';
import { t } from '#words/index.ts';
import css from './new-errors.module.css';
import { useNewErrors } from './use-new-errors.ts';

export interface NewErrorsProps {
  store: LogsStore;
  environment: string;
  /** How many lines of level error are held. */
  errors: number;
  colors: ReadonlyMap<string, string>;
  /** Goes to a line, also where a filter hides it. */
  onGo: (line: Pick<LogLine, 'seq' | 'time'>, unhidden: boolean) => void;
}

function sentence({ kinds, total, full, release, since }: LogNewErrors): string {
  const what = release === undefined ? t('logs:newErrors.whatRuns') : t('logs:newErrors.release', { release });
  const found =
    since === undefined
      ? t('logs:newErrors.kinds', { count: total, what })
      : t('logs:newErrors.kindsSince', { count: total, what, time: clock(since) });
  const listed = kinds.length < total ? [t('logs:newErrors.listed', { listed: kinds.length })] : [];
  return [found, ...listed, ...(full ? [t('logs:newErrors.incomplete')] : [])].join(' ');
}

/** What went wrong since the last deployment that never went wrong before it; nothing where there is no such error. */
export function NewErrors({ store, environment, errors, colors, onGo }: NewErrorsProps) {
  const fresh = useNewErrors(store, environment, errors);
  const [open, setOpen] = useState(false);
  const id = useId();
  if (fresh === undefined || fresh.kinds.length === 0) return null;
  return (
    <section className={css['strip']} aria-label={t('logs:newErrors.label')}>
      <button
        type="button"
        className={css['head']}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <CircleAlert size={14} aria-hidden="true" />
        <span>{sentence(fresh)}</span>
        <ChevronDown size={14} aria-hidden="true" className={css['arrow']} />
      </button>
      <ul id={id} className={css['list']} hidden={!open}>
        {fresh.kinds.map((kind) => (
          <li key={`${kind.service} ${kind.text}`}>
            <button
              type="button"
              className={css['kind']}
              title={t('logs:newErrors.go')}
              onClick={() => {
                onGo({ seq: kind.seq, time: kind.last }, true);
              }}
            >
              <span className={css['service']} style={{ color: colors.get(kind.service) ?? 'var(--ink-2)' }}>
                {kind.service}
              </span>
              <bdi className={css['text']}>{plainText(kind.text)}</bdi>
              <span className={css['times']}>
                {t('logs:newErrors.linesSince', { count: kind.count, time: clock(kind.first) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
