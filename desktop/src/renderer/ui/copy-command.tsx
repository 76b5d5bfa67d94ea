import { t } from '#words/index.ts';
import { CopyButton } from './copy-button.tsx';
import css from './copy-command.module.css';

/** The command that does the same in a terminal, with a button to copy it. */
export function CopyCommand({ command }: { command: string }) {
  return (
    <span className={css['command']}>
      <code title={command}>{command}</code>
      <CopyButton text={command} label={t('ui:copy.command')} />
    </span>
  );
}
