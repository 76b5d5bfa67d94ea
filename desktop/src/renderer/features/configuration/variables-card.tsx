import { Plus, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import type { ConfigVariable, VariablesView } from '#contract/index.ts';
import type { ConfigurationSlice } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { SearchBox } from '#ui/search-box.tsx';
import { ToggleChip } from '#ui/toggle-chip.tsx';
import { t } from '#words/index.ts';
import { VariableRow } from './variable-row.tsx';
import css from './variables.module.css';
import { isFound } from './words.ts';

export interface VariablesCardProps {
  environment: string;
  view: VariablesView;
  reveal: ConfigurationSlice['reveal'];
  writable: boolean;
  onAdd: () => void;
  onChange: (variable: ConfigVariable) => void;
  onRemove: (file: string, name: string) => void;
}

/** Which file a variable can be taken out of. */
function fileOf({ source }: ConfigVariable): string | undefined {
  if (source.kind === 'file') return source.file;
  return source.kind === 'process' ? source.over?.file : undefined;
}

/** Every variable that the compose files and env files know, to be searched, changed, added and removed. */
export function VariablesCard({ environment, view, reveal, writable, onAdd, onChange, onRemove }: VariablesCardProps) {
  const [text, setText] = useState('');
  const [only, setOnly] = useState<'missing' | 'unused'>();
  const { variables, files } = view;
  const shown = variables.filter((one) => (only === undefined || one[only]) && (text === '' || isFound(one, text)));
  const isOpen = (file: string | undefined) =>
    writable && files.some((one) => one.file === file && one.refused === undefined);
  const chip = (kind: 'missing' | 'unused') => {
    const count = variables.filter((one) => one[kind]).length;
    if (count === 0) return null;
    return (
      <ToggleChip
        pressed={only === kind}
        onToggle={() => {
          setOnly(only === kind ? undefined : kind);
        }}
      >
        {t(`configuration:variables.${kind}`, { count })}
      </ToggleChip>
    );
  };
  return (
    <>
      <div className={css['tools']}>
        <SearchBox
          label={t('configuration:variables.search')}
          placeholder={t('configuration:variables.searchHint')}
          value={text}
          onChange={setText}
        />
        {chip('missing')}
        {chip('unused')}
        <Button icon={Plus} needs="admin" disabled={!isOpen(view.target)} onClick={onAdd}>
          {t('configuration:variables.add')}
        </Button>
      </div>
      {shown.length === 0 ? (
        <EmptyState
          icon={SlidersHorizontal}
          title={t(variables.length === 0 ? 'configuration:variables.none' : 'configuration:variables.nothingMatches')}
        >
          <p>
            {t(
              variables.length === 0
                ? 'configuration:variables.noneNote'
                : 'configuration:variables.nothingMatchesNote',
            )}
          </p>
        </EmptyState>
      ) : (
        <Card
          title={t('configuration:variables.title')}
          aside={t('configuration:variables.count', { count: shown.length })}
        >
          <ul aria-label={t('configuration:variables.title')}>
            {shown.map((variable) => {
              const file = fileOf(variable);
              return (
                <VariableRow
                  key={variable.name}
                  environment={environment}
                  variable={variable}
                  reveal={reveal}
                  onChange={
                    isOpen(file ?? view.target)
                      ? () => {
                          onChange(variable);
                        }
                      : undefined
                  }
                  onRemove={
                    file !== undefined && isOpen(file)
                      ? () => {
                          onRemove(file, variable.name);
                        }
                      : undefined
                  }
                />
              );
            })}
          </ul>
        </Card>
      )}
    </>
  );
}
