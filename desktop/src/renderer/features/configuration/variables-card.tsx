import { Plus, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import type { ConfigVariable, VariablesView } from '#contract/index.ts';
import type { ConfigurationSlice } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { counted } from '#ui/format.ts';
import { SearchBox } from '#ui/search-box.tsx';
import { ToggleChip } from '#ui/toggle-chip.tsx';
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
  const chip = (kind: 'missing' | 'unused', words: string) => {
    const count = variables.filter((one) => one[kind]).length;
    if (count === 0) return null;
    return (
      <ToggleChip
        pressed={only === kind}
        onToggle={() => {
          setOnly(only === kind ? undefined : kind);
        }}
      >
        {count} {words}
      </ToggleChip>
    );
  };
  return (
    <>
      <div className={css['tools']}>
        <SearchBox
          label="Search variables"
          placeholder="Search by name, description, value, service"
          value={text}
          onChange={setText}
        />
        {chip('missing', 'without a value')}
        {chip('unused', 'not used')}
        <Button icon={Plus} needs="admin" disabled={!isOpen(view.target)} onClick={onAdd}>
          Add variable
        </Button>
      </div>
      {shown.length === 0 ? (
        <EmptyState
          icon={SlidersHorizontal}
          title={variables.length === 0 ? 'There are no variables' : 'Nothing matches'}
        >
          <p>
            {variables.length === 0
              ? 'A compose file uses one as ${NAME} or ${NAME:-default}; its value stands in the file .env beside it.'
              : 'The search looks at names, descriptions, values and services.'}
          </p>
        </EmptyState>
      ) : (
        <Card title="Variables" aside={counted(shown.length, 'variable')}>
          <ul aria-label="Variables">
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
