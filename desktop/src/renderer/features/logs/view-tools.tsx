import { Clock, Columns3, WrapText } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '#ui/button.tsx';
import { plainText } from '#ui/plain-text.ts';
import { Popover, PopoverAction } from '#ui/popover.tsx';
import { t } from '#words/index.ts';
import { type LogView, toggled } from './filter.ts';
import type { Lines } from './find-line.ts';
import { flatFields, parseFields } from './line-fields.ts';
import { momentOf, spans } from './time-range.ts';
import { useUtc } from './utc.ts';
import css from './view-tools.module.css';

export interface ViewToolsProps {
  view: LogView;
  lines: Lines;
  onChange: (view: LogView) => void;
  /** Shows the lines around a time. */
  onJump: (at: string) => void;
}

const looked = 300;
const mostNames = 60;

/** Names of the fields that the newest lines have, those of most lines first. */
export function fieldNames(lines: Lines): string[] {
  const { first, end } = lines;
  const seen = new Map<string, number>();
  for (let position = Math.max(first, end - looked); position < end; position += 1) {
    for (const [name] of flatFields(parseFields(lines.at(position)?.text ?? '') ?? []))
      seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  const sorted = [...seen].sort(([a, many], [b, more]) => more - many || a.localeCompare(b));
  return sorted.slice(0, mostNames).map(([name]) => name);
}

function ColumnChoice({ view, lines, onChange }: Omit<ViewToolsProps, 'onJump'>) {
  const names = [...new Set([...view.columns, ...fieldNames(lines)])];
  return (
    <fieldset className={css['choice']}>
      <legend>{t('logs:columns.choice')}</legend>
      {names.length === 0 ? <p>{t('logs:columns.noFields')}</p> : null}
      {names.map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={view.columns.includes(name)}
            onChange={() => {
              onChange({ ...view, columns: toggled(view.columns, name) });
            }}
          />
          <bdi>{plainText(name)}</bdi>
        </label>
      ))}
    </fieldset>
  );
}

function TimeChoice({ view, lines, onChange, onJump }: ViewToolsProps) {
  const [text, setText] = useState('');
  const [unread, setUnread] = useState(false);
  const utc = useUtc();
  const near = Date.parse(lines.at(lines.end - 1)?.time ?? '');
  const jump = () => {
    const at = momentOf(text, Number.isNaN(near) ? Date.now() : near, utc);
    setUnread(at === undefined);
    if (at !== undefined) onJump(at);
  };
  return (
    <>
      <form
        className={css['jump']}
        onSubmit={(event) => {
          event.preventDefault();
          jump();
        }}
      >
        <label>
          {t(utc ? 'logs:time.jumpToUtc' : 'logs:time.jumpTo')}
          <input
            value={text}
            placeholder="14:03:27"
            aria-invalid={unread}
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
        </label>
        <Button type="submit">{t('logs:time.jump')}</Button>
      </form>
      {unread ? (
        <p className={css['unread']} role="alert">
          {t('logs:time.noTime')}
        </p>
      ) : null}
      {spans.map((from) => (
        <PopoverAction
          key={from}
          onClick={() => {
            onChange({ ...view, from, to: undefined });
          }}
        >
          {t(`logs:time.only.${from}`)}
        </PopoverAction>
      ))}
      <PopoverAction
        onClick={() => {
          onChange({ ...view, from: undefined, to: undefined });
        }}
      >
        {t('logs:time.all')}
      </PopoverAction>
    </>
  );
}

/** When lines came, which fields have columns, and whether long lines are broken. */
export function ViewTools(props: ViewToolsProps) {
  const { view, onChange } = props;
  return (
    <div className={css['tools']}>
      <Popover label={t('logs:time.label')} icon={Clock}>
        <TimeChoice {...props} />
      </Popover>
      <Popover label={t('logs:columns.label')} icon={Columns3}>
        <ColumnChoice {...props} />
      </Popover>
      <IconButton
        icon={WrapText}
        label={t('logs:columns.wrap')}
        aria-pressed={view.wrap}
        className={view.wrap ? css['on'] : undefined}
        onClick={() => {
          onChange({ ...view, wrap: !view.wrap });
        }}
      />
    </div>
  );
}
