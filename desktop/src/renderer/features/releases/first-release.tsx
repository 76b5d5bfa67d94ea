import { Tag } from 'lucide-react';
import { EmptyState } from '#ui/empty-state.tsx';
import css from './releases-page.module.css';

/** What a release is, and how the first one is made. */
export function FirstRelease() {
  return (
    <EmptyState icon={Tag} title="No release yet">
      <p>
        A release is one deployment, kept as a whole: the exact images of all services, their configuration, who made it
        and how it went. From the first one on, you can go back to each of them with one click.
      </p>
      <p>
        The first one is made when you deploy a version: choose it under “In the registry” and press Deploy. Whatever
        runs at that moment is kept too, so that you can return to it.
      </p>
      <p className={css['small']}>
        In a terminal: <code>quayside deploy VERSION</code>
      </p>
    </EmptyState>
  );
}
