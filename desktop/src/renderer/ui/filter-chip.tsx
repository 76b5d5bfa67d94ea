import { X } from 'lucide-react';
import { t } from '#words/index.ts';
import css from './filter-chip.module.css';

export interface FilterChipProps {
  text: string;
  /** What a click on the text does; absent where it does nothing. */
  turn?: { label: string; onTurn: () => void };
  onRemove: () => void;
}

/** One filter in force: it can be taken away, and perhaps turned round. */
export function FilterChip({ text, turn, onRemove }: FilterChipProps) {
  return (
    <span className={css['chip']}>
      {turn === undefined ? (
        <bdi className={css['text']} title={text}>
          {text}
        </bdi>
      ) : (
        <button type="button" className={css['text']} title={`${text} (${turn.label})`} onClick={turn.onTurn}>
          <bdi>{text}</bdi>
        </button>
      )}
      <button type="button" className={css['remove']} aria-label={t('ui:removeFilter', { text })} onClick={onRemove}>
        <X size={14} aria-hidden="true" />
      </button>
    </span>
  );
}
