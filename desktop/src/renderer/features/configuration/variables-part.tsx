import { useEffect, useState } from 'react';
import type { ConfigVariable, EnvChange, VariablesView } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { t, told } from '#words/index.ts';
import { FilesCard } from './files-card.tsx';
import { FormCard } from './form-card.tsx';
import { HistoryDialog } from './history-dialog.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { TextCard } from './text-card.tsx';
import { useReview } from './use-review.ts';
import { VariableDialog } from './variable-dialog.tsx';
import { VariablesCard } from './variables-card.tsx';

/** What is open besides the list. */
type Open =
  | { kind: 'variable'; variable: ConfigVariable | undefined; file: string; name?: string; value?: string | undefined }
  | { kind: 'text' | 'form' | 'history'; file: string };

/** What somebody came here to do: make the env file by its form, or give a variable a value. */
export type Wanted = { kind: 'form' } | { kind: 'variable'; name: string; value?: string | undefined };

export interface VariablesPartProps {
  stores: Stores;
  environment: string;
  view: VariablesView;
  online: boolean;
  wanted: Wanted | undefined;
  onOpened: () => void;
}

function openFor(wanted: Wanted | undefined, view: VariablesView): Open | undefined {
  if (wanted === undefined) return undefined;
  if (wanted.kind === 'form') return view.example === undefined ? undefined : { kind: 'form', file: view.target };
  const { name, value } = wanted;
  const variable = view.variables.find((one) => one.name === name);
  return { kind: 'variable', variable, file: startFile(view, variable), name, value };
}

function startFile(view: VariablesView, variable: ConfigVariable | undefined): string {
  const { source } = variable ?? { source: { kind: 'none' } as const };
  const own = source.kind === 'file' ? source.file : source.kind === 'process' ? source.over?.file : undefined;
  return view.files.some(({ file, refused }) => file === own && refused === undefined)
    ? (own ?? view.target)
    : view.target;
}

/** The variables of an environment, and all that can be done with them and their files. */
export function VariablesPart({ stores, environment, view, online, wanted, onOpened }: VariablesPartProps) {
  const orders = useStore(stores.configuration, (state) => state);
  const reviewing = useReview(orders, environment);
  const [open, setOpen] = useState(() => openFor(wanted, view));
  const opened = wanted !== undefined;
  useEffect(() => {
    if (opened) onOpened();
    // Once: the address that asked for it is another one afterwards.
  }, [opened, onOpened]);
  const close = () => {
    setOpen(undefined);
  };
  const review = (file: string, change: EnvChange, revision?: string) => {
    const known = view.files.find((one) => one.file === file)?.revision ?? 'absent';
    reviewing.open({ file, change, revision: revision ?? known });
  };
  const openFile = (kind: 'text' | 'form' | 'history') => (file: { file: string }) => {
    setOpen({ kind, file: file.file });
  };
  return (
    <>
      {view.problem === undefined || view.problem.code === 'VARIABLE_MISSING' ? null : (
        <Banner tone="bad" title={t('configuration:variables.filesUnreadable')}>
          <p>
            {told(view.problem.message)} {told(view.problem.remedy)}
          </p>
        </Banner>
      )}
      <FilesCard
        files={view.files}
        example={view.example}
        writable={online}
        onCreate={openFile('form')}
        onText={openFile('text')}
        onHistory={openFile('history')}
      />
      {open?.kind === 'text' ? (
        <TextCard
          key={open.file}
          environment={environment}
          file={open.file}
          read={orders.text}
          onReview={(text, revision) => {
            review(open.file, { kind: 'text', text }, revision);
          }}
          onClose={close}
        />
      ) : null}
      {open?.kind === 'form' ? (
        <FormCard
          environment={environment}
          file={open.file}
          read={orders.form}
          onReview={(set) => {
            review(open.file, { kind: 'create', set });
          }}
          onClose={close}
        />
      ) : null}
      <VariablesCard
        environment={environment}
        view={view}
        reveal={orders.reveal}
        writable={online}
        onAdd={() => {
          setOpen({ kind: 'variable', variable: undefined, file: view.target });
        }}
        onChange={(variable) => {
          setOpen({ kind: 'variable', variable, file: startFile(view, variable) });
        }}
        onRemove={(file, name) => {
          review(file, { kind: 'edit', unset: [name] });
        }}
      />
      {open?.kind === 'variable' ? (
        <VariableDialog
          variable={open.variable}
          files={view.files}
          file={open.file}
          name={open.name}
          value={open.value}
          onReview={(file, name, value) => {
            close();
            review(file, { kind: 'edit', set: { [name]: value } });
          }}
          onClose={close}
        />
      ) : null}
      {open?.kind === 'history' ? (
        <HistoryDialog
          environment={environment}
          file={open.file}
          read={orders.backups}
          onRestore={(backup) => {
            close();
            review(open.file, { kind: 'restore', backup });
          }}
          onClose={close}
        />
      ) : null}
      <ReviewDialog reviewing={reviewing} onSaved={close} />
    </>
  );
}
