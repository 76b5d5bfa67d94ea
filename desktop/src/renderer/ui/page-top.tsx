import type { ReactNode } from 'react';
import css from './page-top.module.css';

export interface PageTopProps {
  badge?: ReactNode;
  title: string;
  /** The state in a sentence; spoken when it changes. */
  sentence: string;
  actions?: ReactNode;
}

/** The head of a page: state, title, sentence, main action. */
export function PageTop({ badge, title, sentence, actions }: PageTopProps) {
  return (
    <header className={css['top']}>
      {badge}
      <div className={css['words']}>
        <h1>{title}</h1>
        <p role="status">{sentence}</p>
      </div>
      {actions === undefined ? null : <div className={css['actions']}>{actions}</div>}
    </header>
  );
}
