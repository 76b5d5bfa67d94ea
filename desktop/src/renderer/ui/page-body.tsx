import type { ReactNode } from 'react';
import css from './page-body.module.css';

/** What is below the top of a page: cards one below the other, not wider than can be read. */
export function PageBody({ children }: { children: ReactNode }) {
  return <div className={css['body']}>{children}</div>;
}
