import { Ellipsis, Eye, EyeOff, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ConfigVariable, Problem } from '#contract/index.ts';
import type { ConfigurationSlice } from '#state/index.ts';
import { IconButton } from '#ui/button.tsx';
import { ActionMenu } from '#ui/menu.tsx';
import { plainText } from '#ui/plain-text.ts';
import { StateBadge } from '#ui/state-badge.tsx';
import { t, told } from '#words/index.ts';
import css from './variables.module.css';
import { sourceWords, usageWords, variableLook } from './words.ts';

export interface VariableRowProps {
  environment: string;
  variable: ConfigVariable;
  reveal: ConfigurationSlice['reveal'];
  /** Absent where it cannot be changed from here. */
  onChange: (() => void) | undefined;
  onRemove: (() => void) | undefined;
}

function Value({ environment, variable, reveal }: Pick<VariableRowProps, 'environment' | 'variable' | 'reveal'>) {
  const { name, value, masked } = variable;
  const [shown, setShown] = useState<string>();
  const [refused, setRefused] = useState<Problem>();
  if (value === undefined) return <i className={css['none']}>{t('configuration:variable.notSet')}</i>;
  const toggle = () => {
    setRefused(undefined);
    if (shown !== undefined) {
      setShown(undefined);
      return;
    }
    void reveal(environment, name).then((answer) => {
      if ('value' in answer) setShown(answer.value.value);
      else setRefused(answer.problem);
    });
  };
  const text = shown ?? value;
  return (
    <span className={css['value']}>
      {text === '' ? (
        <i className={css['none']}>{t('configuration:variable.empty')}</i>
      ) : (
        <code>{plainText(text)}</code>
      )}
      {masked ? (
        <IconButton
          icon={shown === undefined ? Eye : EyeOff}
          label={t(shown === undefined ? 'configuration:variable.show' : 'configuration:variable.hide', { name })}
          needs="admin"
          onClick={toggle}
        />
      ) : null}
      {refused === undefined ? null : <small role="status">{told(refused.message)}</small>}
    </span>
  );
}

function Uses({ variable: { uses } }: { variable: ConfigVariable }) {
  if (uses.length === 0) return <span className={css['note']}>{t('configuration:variable.usedNowhere')}</span>;
  return (
    <details className={css['uses']}>
      <summary>{t('configuration:variable.usedIn', { count: uses.length })}</summary>
      <ul>
        {uses.map((use, index) => (
          <li key={index}>
            <code>
              {use.file}:{use.line}
            </code>{' '}
            {usageWords(use)}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** One variable: what it is for, its value and where that comes from, where it is used. */
export function VariableRow({ environment, variable, reveal, onChange, onRemove }: VariableRowProps) {
  const { name, description, message, missing, also } = variable;
  const look = variableLook(variable);
  const source = sourceWords(variable);
  const places = also.map((place) => t('configuration:place', place)).join('; ');
  const needs = 'admin' as const;
  const items = [
    ...(onChange ? [{ label: t('configuration:variable.change'), icon: Pencil, needs, onSelect: onChange }] : []),
    ...(onRemove ? [{ label: t('configuration:variable.remove'), icon: Trash2, needs, onSelect: onRemove }] : []),
  ];
  return (
    <li className={css['row']} aria-label={name}>
      <div className={css['name']}>
        <span className={css['title']}>
          <b>{name}</b>
          {look === undefined ? null : <StateBadge {...look} />}
        </span>
        {description === undefined ? null : <p>{description}</p>}
        {missing && message !== undefined ? <p className={css['message']}>{message}</p> : null}
      </div>
      <div className={css['from']}>
        <Value environment={environment} variable={variable} reveal={reveal} />
        <span className={css['note']}>
          {also.length === 0 ? source : t('configuration:source.also', { source, places })}
        </span>
      </div>
      <Uses variable={variable} />
      <span>
        {items.length === 0 ? null : (
          <ActionMenu label={t('configuration:variable.actions', { name })} icon={Ellipsis} items={items} />
        )}
      </span>
    </li>
  );
}
