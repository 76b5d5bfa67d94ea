import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { LogLevel } from '#contract/index.ts';
import { Button } from '#ui/button.tsx';
import { count } from '#ui/format.ts';
import { plainText } from '#ui/plain-text.ts';
import { SearchBox } from '#ui/search-box.tsx';
import { ToggleChip } from '#ui/toggle-chip.tsx';
import { isFiltered, type LogView, toggled } from './filter.ts';
import css from './logs-page.module.css';
import { searchProblem } from './search-text.ts';

const debounceMs = 150;
const alwaysShown: readonly LogLevel[] = ['info', 'warn', 'error'];
const chipOrder: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'none'];

export interface LogToolbarProps {
  view: LogView;
  services: readonly string[];
  colors: ReadonlyMap<string, string>;
  counts: Readonly<Partial<Record<LogLevel, number>>>;
  onChange: (view: LogView) => void;
}

/** Holds what is being typed until the typist pauses; a text that cannot be searched for is not passed on. */
function useDraft(search: string, onSettle: (search: string) => void) {
  const [draft, setDraft] = useState(search);
  const [settled, setSettled] = useState(search);
  if (search !== settled) {
    setSettled(search);
    setDraft(search);
  }
  const problem = searchProblem(draft);
  useEffect(() => {
    if (draft === search || problem !== undefined) return undefined;
    const timer = setTimeout(() => {
      onSettle(draft);
    }, debounceMs);
    return () => {
      clearTimeout(timer);
    };
  }, [draft, search, problem, onSettle]);
  return { draft, setDraft, problem };
}

/** Search and filters of the log view. */
export function LogToolbar({ view, services, colors, counts, onChange }: LogToolbarProps) {
  const { draft, setDraft, problem } = useDraft(view.search, (search) => {
    onChange({ ...view, search });
  });
  const levels = chipOrder.filter(
    (level) => alwaysShown.includes(level) || view.levels.includes(level) || (counts[level] ?? 0) > 0,
  );
  return (
    <search className={css['tools']}>
      <SearchBox
        label="Search logs"
        placeholder="Search logs: text or /pattern/"
        value={draft}
        onChange={setDraft}
        problem={problem}
      />
      <fieldset className={css['chips']} aria-label="Services: all where none is chosen">
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
      <fieldset className={css['chips']} aria-label="Levels: all where none is chosen">
        {levels.map((level) => (
          <ToggleChip
            key={level}
            pressed={view.levels.includes(level)}
            onToggle={() => {
              onChange({ ...view, levels: toggled(view.levels, level) });
            }}
          >
            {level === 'none' ? 'no level' : level} <span className={css['count']}>{count(counts[level] ?? 0)}</span>
          </ToggleChip>
        ))}
      </fieldset>
      {view.correlationId === undefined ? null : (
        <ToggleChip
          pressed
          onToggle={() => {
            onChange({ ...view, correlationId: undefined });
          }}
        >
          Request {plainText(view.correlationId)}
          <X size={14} aria-label="clear" />
        </ToggleChip>
      )}
      {isFiltered(view) ? (
        <Button
          look="quiet"
          onClick={() => {
            onChange({ services: [], levels: [], search: '' });
          }}
        >
          Clear filters
        </Button>
      ) : null}
    </search>
  );
}
