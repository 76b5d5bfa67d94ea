import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import css from './states.module.css';

export interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  /** `h1` where the state stands for the whole page. */
  heading?: 'h1' | 'h2';
  children?: ReactNode;
  actions?: ReactNode;
}

/** Says calmly why there is nothing to see and what would bring something. */
export function EmptyState({ icon: Icon, title, heading: Heading = 'h2', children, actions }: EmptyStateProps) {
  return (
    <div className={css['empty']}>
      <Icon size={28} aria-hidden="true" className={css['emptyIcon']} />
      <Heading>{title}</Heading>
      {children === undefined ? null : <div className={css['emptyText']}>{children}</div>}
      {actions === undefined ? null : <div className={css['actions']}>{actions}</div>}
    </div>
  );
}
