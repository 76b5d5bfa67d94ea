import { useState } from 'react';
import type { ConfigVariable, EnvFile } from '#contract/index.ts';
import { ConfirmDialog } from '#ui/dialog.tsx';
import { SegmentedControl } from '#ui/segmented-control.tsx';
import { TextField } from '#ui/text-field.tsx';
import { t } from '#words/index.ts';

const nameForm = /^[A-Za-z_][\w.-]*$/;

export interface VariableDialogProps {
  /** The variable to change; absent = a new one. */
  variable: ConfigVariable | undefined;
  files: readonly EnvFile[];
  /** The file that it is in, or goes to. */
  file: string;
  /** What it opens with, where somebody proposed it. */
  name?: string | undefined;
  value?: string | undefined;
  onReview: (file: string, name: string, value: string) => void;
  onClose: () => void;
}

function firstValue(variable: ConfigVariable | undefined): string {
  if (variable === undefined || variable.masked) return '';
  return variable.value ?? variable.example ?? '';
}

function noteFor(variable: ConfigVariable | undefined): string | undefined {
  if (variable === undefined) return undefined;
  if (variable.masked) return t('configuration:dialog.masked');
  if (variable.composed) return t('configuration:dialog.composed');
  return variable.default === undefined ? undefined : t('configuration:dialog.default', { value: variable.default });
}

/** Asks for the value of a variable, and for its name where it is new. */
export function VariableDialog({ variable, files, file, onReview, onClose, ...proposed }: VariableDialogProps) {
  const [name, setName] = useState(variable?.name ?? proposed.name ?? '');
  const [value, setValue] = useState(() => proposed.value ?? firstValue(variable));
  const [target, setTarget] = useState(file);
  const usable = files.filter(({ refused }) => refused === undefined);
  const bad = name !== '' && !nameForm.test(name);
  return (
    <ConfirmDialog
      open
      title={
        variable === undefined
          ? t('configuration:dialog.add')
          : t('configuration:dialog.change', { name: variable.name })
      }
      description={variable?.description ?? variable?.message ?? t('configuration:dialog.target', { file: target })}
      confirm={t('configuration:review')}
      confirmDisabled={name === '' || bad}
      onConfirm={() => {
        onReview(target, name, value);
      }}
      onClose={onClose}
    >
      {variable === undefined ? (
        <TextField
          label={t('configuration:dialog.name')}
          value={name}
          problem={bad ? t('configuration:dialog.nameProblem') : undefined}
          onChange={setName}
        />
      ) : null}
      <TextField
        label={t('configuration:dialog.value')}
        hidden={variable?.masked === true}
        value={value}
        note={noteFor(variable)}
        onChange={setValue}
      />
      {usable.length > 1 ? (
        <SegmentedControl
          label={t('configuration:dialog.file')}
          segments={usable.map((one) => ({ id: one.file, title: one.file }))}
          value={target}
          onChange={setTarget}
        />
      ) : null}
    </ConfirmDialog>
  );
}
