import { type ReactNode, useId } from 'react';
import css from './card.module.css';

export interface CardProps {
  title: string;
  /** Small print or a control at the right of the heading. */
  aside?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
}

/** A titled box: a region with a heading of level two. */
export function Card({ title, aside, footer, children }: CardProps) {
  const id = useId();
  return (
    <section className={css['card']} aria-labelledby={id}>
      <header className={css['head']}>
        <h2 id={id}>{title}</h2>
        {aside === undefined ? null : <div className={css['aside']}>{aside}</div>}
      </header>
      {children}
      {footer === undefined ? null : <footer className={css['foot']}>{footer}</footer>}
    </section>
  );
}
