import { Braces, Link, X } from 'lucide-react';
import { useMemo } from 'react';
import type { LogLine } from '#contract/index.ts';
import { Button, IconButton } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { plainText } from '#ui/plain-text.ts';
import { t } from '#words/index.ts';
import { styledText } from './ansi.ts';
import { FieldList, type FieldListProps } from './field-list.tsx';
import { longTexts } from './line-block.ts';
import css from './line-detail.module.css';
import { parseFields } from './line-fields.ts';
import { LogText } from './log-text.tsx';
import { prettyJson } from './pretty-json.ts';
import { SidePanel } from './side-panel.tsx';

export interface LineDetailProps extends Omit<FieldListProps, 'fields'> {
  line: LogLine;
  /** The lines that belong together with it, itself among them. */
  block: readonly LogLine[];
  /** Whether it takes the focus when it is shown. */
  focused: boolean;
  onTrace: (correlationId: string) => void;
  onClose: () => void;
}

const unmarked = () => [];

function Raw({ line, block }: Pick<LineDetailProps, 'line' | 'block'>) {
  const styled = useMemo(
    () => (block.length > 1 ? block : [line]).map((one) => ({ seq: one.seq, ...styledText(one.text) })),
    [line, block],
  );
  return (
    <pre className={css['text']} dir="auto">
      {styled.map(({ seq, text, styles }, index) => (
        <span key={seq}>
          {index === 0 ? '' : '\n'}
          <LogText text={text} marker={unmarked} styles={styles} />
        </span>
      ))}
    </pre>
  );
}

/** One line in full: where it comes from, its fields, and its text. */
export function LineDetail(props: LineDetailProps) {
  const { line, block, columns, focused, onCondition, onColumn, onTrace, onClose } = props;
  const { correlationId } = line;
  const fields = useMemo(() => parseFields(line.text), [line.text]);
  const pretty = prettyJson(line.text);
  return (
    <SidePanel
      label={t('logs:line.label')}
      title={line.service}
      shown={line.seq}
      focused={focused}
      className={css['panel']}
      onClose={onClose}
      tools={
        <>
          <CopyButton text={() => block.map(({ text }) => plainText(text)).join('\n')} label={t('logs:line.copy')} />
          <CopyButton
            text={() => plainText(pretty ?? JSON.stringify(line, null, 2))}
            label={t('logs:line.copyJson')}
            icon={Braces}
          />
          <CopyButton text={() => window.location.href} label={t('logs:line.copyLink')} icon={Link} />
          <IconButton icon={X} label={t('logs:line.close')} onClick={onClose} />
        </>
      }
    >
      <dl className={css['facts']}>
        <dt>{t('logs:line.time')}</dt>
        <dd>{line.time}</dd>
        <dt>{t('logs:line.level')}</dt>
        <dd>{line.level === 'none' ? t('logs:line.noLevel') : line.level}</dd>
        <dt>{t('logs:line.container')}</dt>
        <dd>{line.container}</dd>
        <dt>{t('logs:line.stream')}</dt>
        <dd>{line.stream}</dd>
      </dl>
      {correlationId === undefined ? null : (
        <Button
          onClick={() => {
            onTrace(correlationId);
          }}
        >
          {t('logs:line.followRequest', { request: plainText(correlationId).slice(0, 40) })}
        </Button>
      )}
      {fields === undefined ? (
        <Raw line={line} block={block} />
      ) : (
        <>
          <FieldList fields={fields} columns={columns} onCondition={onCondition} onColumn={onColumn} />
          {longTexts(fields).map(([name, text]) => (
            <section key={name} aria-label={plainText(name)} className={css['long']}>
              <h3>{plainText(name)}</h3>
              <pre className={css['text']} dir="auto">
                {plainText(text)}
              </pre>
            </section>
          ))}
          <details className={css['raw']}>
            <summary>{t('logs:line.whole')}</summary>
            <pre className={css['text']} dir="auto">
              {plainText(pretty ?? line.text)}
            </pre>
          </details>
        </>
      )}
      {line.cut === true ? <p className={css['cut']}>{t('logs:line.cut')}</p> : null}
    </SidePanel>
  );
}
