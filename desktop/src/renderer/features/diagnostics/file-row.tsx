import { TriangleAlert } from 'lucide-react';
import type { DiagnosticsFile } from '#contract/index.ts';
import { bytes } from '#ui/format.ts';
import { t } from '#words/index.ts';
import css from './diagnostics-page.module.css';
import { sizeOf } from './pack.ts';

export interface FileRowProps {
  file: DiagnosticsFile;
  included: boolean;
  shown: boolean;
  onInclude: (included: boolean) => void;
  onShow: () => void;
}

/** A file of the bundle: whether it goes along, what it tells, and its text at a click. */
export function FileRow({ file, included, shown, onInclude, onShow }: FileRowProps) {
  const { name, title, masked, gap } = file;
  return (
    <li className={css['file']}>
      <input
        type="checkbox"
        aria-label={t('diagnostics:include', { name })}
        checked={included}
        onChange={({ target }) => {
          onInclude(target.checked);
        }}
      />
      <button type="button" className={css['open']} aria-pressed={shown} onClick={onShow}>
        <span className={css['name']}>{name}</span>
        <span className={css['size']}>{bytes(sizeOf(file))}</span>
        <span className={css['title']}>{title}</span>
        {masked === 0 ? null : <span className={css['masked']}>{t('diagnostics:masked', { count: masked })}</span>}
        {gap === undefined ? null : (
          <span className={css['gap']}>
            <TriangleAlert size={12} aria-hidden="true" /> {gap}
          </span>
        )}
      </button>
    </li>
  );
}
