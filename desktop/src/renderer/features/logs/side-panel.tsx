import { type ReactNode, useEffect, useRef } from 'react';
import { cx } from '#ui/cx.ts';
import css from './side-panel.module.css';

export interface SidePanelProps {
  label: string;
  title: ReactNode;
  /** The buttons beside the title. */
  tools: ReactNode;
  /** What it shows: another one takes the focus anew. */
  shown: string | number;
  /** Whether it takes the focus when it is shown. */
  focused: boolean;
  className: string | undefined;
  onClose: () => void;
  children: ReactNode;
}

/** What stands beside the lines; Escape closes it. */
export function SidePanel(props: SidePanelProps) {
  const { label, title, tools, shown, focused, className, onClose, children } = props;
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (focused) panel.current?.focus();
  }, [focused, shown]);
  return (
    <aside
      ref={panel}
      className={cx(css['panel'], className)}
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header className={css['head']}>
        <h2>{title}</h2>
        {tools}
      </header>
      {children}
    </aside>
  );
}
