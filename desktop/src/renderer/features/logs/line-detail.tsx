import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { LogLine } from '#contract/index.ts';
import { Button, IconButton } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { plainText } from '#ui/plain-text.ts';
import css from './line-detail.module.css';
import { prettyJson } from './pretty-json.ts';

export interface LineDetailProps {
  line: LogLine;
  onTrace: (correlationId: string) => void;
  onClose: () => void;
}

/** One line in full: where it comes from, and its JSON with each value on a line of its own. */
export function LineDetail({ line, onTrace, onClose }: LineDetailProps) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    panel.current?.focus();
  }, [line.seq]);
  const { correlationId } = line;
  const body = plainText(prettyJson(line.text) ?? line.text);
  return (
    <aside
      ref={panel}
      className={css['panel']}
      aria-label="Log line"
      tabIndex={-1}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose();
      }}
    >
      <header className={css['head']}>
        <h2>{line.service}</h2>
        <CopyButton text={body} label="Copy line" />
        <IconButton icon={X} label="Close" onClick={onClose} />
      </header>
      <dl className={css['facts']}>
        <dt>Time</dt>
        <dd>{line.time}</dd>
        <dt>Level</dt>
        <dd>{line.level === 'none' ? 'none given' : line.level}</dd>
        <dt>Container</dt>
        <dd>{line.container}</dd>
        <dt>Stream</dt>
        <dd>{line.stream}</dd>
        {correlationId === undefined ? null : (
          <>
            <dt>Request</dt>
            <dd>{plainText(correlationId)}</dd>
          </>
        )}
      </dl>
      {correlationId === undefined ? null : (
        <Button
          onClick={() => {
            onTrace(correlationId);
          }}
        >
          Show only this request
        </Button>
      )}
      <pre className={css['text']}>{body}</pre>
      {line.cut === true ? <p className={css['cut']}>This line is longer: it was cut at 16 KiB.</p> : null}
    </aside>
  );
}
