import { Link } from '@tanstack/react-router';
import type { OtherProject } from '#contract/index.ts';
import { useStore } from '#state/index.ts';
import { StateDot } from '#ui/state-dot.tsx';
import { t } from '#words/index.ts';
import css from './other-projects.module.css';
import { usePanel } from './use-panel.ts';

function stateOf({ running, containers }: OtherProject) {
  if (running === 0) return { tone: 'off', word: t('app:others.stopped') } as const;
  if (running === containers) return { tone: 'ok', word: t('app:others.running') } as const;
  return { tone: 'busy', word: t('app:others.partly', { running, containers }) } as const;
}

/** Compose projects on the engine that were not started from the open folder: a click looks at one. */
export function OtherProjects() {
  const { stores } = usePanel();
  const others = useStore(stores.others, (state) => state.others);
  if (others === undefined || others.length === 0) return null;
  return (
    <nav className={css['others']} aria-labelledby="other-projects">
      <h2 className={css['title']} id="other-projects">
        {t('app:others.title')}
      </h2>
      <ul className={css['list']}>
        {others.map((other) => {
          const { tone, word } = stateOf(other);
          return (
            <li key={other.id}>
              <Link to="/stack" search={{ env: other.id }} className={css['link']} title={other.directory}>
                <StateDot tone={tone} />
                <span className={css['name']}>{other.project}</span>
                <small className={css['word']}>{word}</small>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
