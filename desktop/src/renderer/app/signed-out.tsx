import { KeyRound } from 'lucide-react';
import { EmptyState } from '#ui/empty-state.tsx';
import css from './signed-out.module.css';

/** The page for a visitor whose link was used up or whose session ended. */
export function SignedOut() {
  return (
    <main className={css['page']}>
      <EmptyState heading="h1" icon={KeyRound} title="Open Quayside again from its link">
        <p>
          This panel opens only from the link that Quayside prints when it starts, and each link works once. Your stack
          is not affected: it goes on running.
        </p>
        <p>
          Look at the terminal in which Quayside runs for a line that begins with “Quayside panel:”. If it has stopped,
          start it again with <code>npm start</code>.
        </p>
      </EmptyState>
    </main>
  );
}
