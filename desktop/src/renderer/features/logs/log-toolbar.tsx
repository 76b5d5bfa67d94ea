import type { ReactNode } from 'react';
import type { LogLevel } from '#contract/index.ts';
import { Button } from '#ui/button.tsx';
import { FilterChip } from '#ui/filter-chip.tsx';
import { count } from '#ui/format.ts';
import { plainText } from '#ui/plain-text.ts';
import { ToggleChip } from '#ui/toggle-chip.tsx';
import { t } from '#words/index.ts';
import { isFiltered, isSought, type LogView, toggled, turned, unfiltered } from './filter.ts';
import css from './logs-page.module.css';
import { rangeSentence } from './time-range.ts';
import { useUtc } from './utc.ts';

const alwaysShown: readonly LogLevel[] = ['info', 'warn', 'error'];
const chipOrder: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'none'];

export interface LogToolbarProps {
  view: LogView;
  services: readonly string[];
  colors: ReadonlyMap<string, string>;
  counts: Readonly<Partial<Record<LogLevel, number>>>;
  onChange: (view: LogView) => void;
  /** The search box, and buttons for how lines are shown. */
  search: ReactNode;
  tools: ReactNode;
}

/** What is in force beside the chips of services and levels: each can be taken away. */
function Conditions({ view, onChange }: Pick<LogToolbarProps, 'view' | 'onChange'>) {
  const range = rangeSentence(view, useUtc());
  return (
    <>
      {view.conditions.map((condition) => (
        <FilterChip
          key={condition}
          text={plainText(condition)}
          turn={{
            label: t('logs:filter.turn'),
            onTurn: () => {
              const others = view.conditions.map((one) => (one === condition ? turned(one) : one));
              onChange({ ...view, conditions: [...new Set(others)] });
            },
          }}
          onRemove={() => {
            onChange({ ...view, conditions: view.conditions.filter((one) => one !== condition) });
          }}
        />
      ))}
      {range === undefined ? null : (
        <FilterChip
          text={range}
          onRemove={() => {
            onChange({ ...view, from: undefined, to: undefined });
          }}
        />
      )}
    </>
  );
}

/** Search and filters of the log view. */
export function LogToolbar({ view, services, colors, counts, onChange, search, tools }: LogToolbarProps) {
  const levels = chipOrder.filter(
    (level) => alwaysShown.includes(level) || view.levels.includes(level) || (counts[level] ?? 0) > 0,
  );
  return (
    <search className={css['tools']}>
      <div className={css['line']}>
        {search}
        {tools}
      </div>
      <fieldset className={css['chips']} aria-label={t('logs:filter.services')}>
        {services.map((name) => (
          <ToggleChip
            key={name}
            pressed={view.services.includes(name)}
            dot={colors.get(name) ?? 'var(--ink-3)'}
            onToggle={() => {
              onChange({ ...view, services: toggled(view.services, name) });
            }}
          >
            {name}
          </ToggleChip>
        ))}
      </fieldset>
      <fieldset className={css['chips']} aria-label={t('logs:filter.levels')}>
        {levels.map((level) => (
          <ToggleChip
            key={level}
            pressed={view.levels.includes(level)}
            onToggle={() => {
              onChange({ ...view, levels: toggled(view.levels, level) });
            }}
          >
            {level === 'none' ? t('logs:filter.noLevel') : level}{' '}
            <span className={css['count']}>{count(counts[level] ?? 0)}</span>
          </ToggleChip>
        ))}
      </fieldset>
      <Conditions view={view} onChange={onChange} />
      {isSought(view) ? (
        <ToggleChip
          pressed={!view.all}
          onToggle={() => {
            onChange({ ...view, all: !view.all });
          }}
        >
          {t('logs:filter.onlyMatches')}
        </ToggleChip>
      ) : null}
      {isFiltered(view) || isSought(view) ? (
        <Button
          look="quiet"
          onClick={() => {
            onChange(unfiltered(view));
          }}
        >
          {t('logs:clearFilters')}
        </Button>
      ) : null}
    </search>
  );
}
