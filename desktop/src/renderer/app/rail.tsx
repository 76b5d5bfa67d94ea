import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { Layers, Search } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { EngineState } from '#contract/index.ts';
import { useStore } from '#state/index.ts';
import { Keys } from '#ui/keys.tsx';
import { SegmentedControl } from '#ui/segmented-control.tsx';
import { StateDot } from '#ui/state-dot.tsx';
import { t } from '#words/index.ts';
import { NoticeBell } from './notices/bell.tsx';
import { OtherProjects } from './other-projects.tsx';
import { pageName, pages } from './pages.ts';
import css from './rail.module.css';
import { keysOf } from './shortcuts.ts';
import { isOther, usePanel } from './use-panel.ts';

function engineWords(engine: EngineState | undefined, online: boolean) {
  if (!online) return { tone: 'off', word: t('app:engine.offline') } as const;
  if (engine === undefined || engine.state === 'connecting')
    return { tone: 'busy', word: t('app:engine.connecting') } as const;
  if (engine.state === 'connected') {
    const word = t('app:engine.connected', { version: engine.version ?? '' }).trim();
    return { tone: 'ok', word } as const;
  }
  return { tone: 'bad', word: t(engine.state === 'lost' ? 'app:engine.lost' : 'app:engine.missing') } as const;
}

function shortPath(directory: string): string {
  const parts = directory.split(/[/\\]/).filter(Boolean);
  return parts.length <= 2 ? directory : `…/${parts.slice(-2).join('/')}`;
}

function ProjectCard() {
  const { stores, project, environment } = usePanel();
  const own = isOther(environment?.id) ? undefined : environment?.id;
  const services = useStore(stores.stack, ({ byEnvironment }) => byEnvironment[own ?? '']?.stack?.services.length);
  if (project === undefined) return null;
  return (
    <Link to="/stack" search={{}} className={css['project']} activeProps={{}}>
      <b>{project.name}</b>
      <small title={project.directory}>
        {services === undefined ? '' : `${t('app:services', { count: services })} · `}
        {shortPath(project.directory)}
      </small>
    </Link>
  );
}

function Environments() {
  const { project, environment } = usePanel();
  const navigate = useNavigate();
  if (project === undefined || project.environments.length < 2) return null;
  return (
    <div className={css['environments']}>
      <SegmentedControl
        label={t('app:environment')}
        segments={project.environments}
        value={environment?.id}
        onChange={(env) => {
          void navigate({ to: '.', search: { env } });
        }}
      />
    </div>
  );
}

/** Opens the palette, and tells the keys that do. */
function Find({ onFind }: { onFind: () => void }) {
  return (
    <button type="button" className={css['find']} onClick={onFind}>
      <Search size={14} aria-hidden="true" />
      <span>{t('app:find')}</span>
      <Keys keys={keysOf({ type: 'palette' })} />
    </button>
  );
}

/** For a row of pages that is too narrow for all of them: the one that is shown stands in its middle. */
function useShownPage() {
  const page = useLocation({ select: ({ pathname }) => pathname });
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const row = nav.current;
    const link = row?.querySelector(`[href*="#${page}"]`);
    if (row === null || link === null || link === undefined) return undefined;
    const middle = (part: Element) => {
      const { left, width } = part.getBoundingClientRect();
      return left + width / 2;
    };
    // Called at once, too, and again when the window gets narrower.
    const sized = new ResizeObserver(() => {
      row.scrollLeft += middle(link) - middle(row);
    });
    sized.observe(row);
    return () => {
      sized.disconnect();
    };
  }, [page]);
  return nav;
}

/** What stands beside every page: project, environments, pages, engine. */
export function Rail({ onFind }: { onFind: () => void }) {
  const { stores } = usePanel();
  const engine = useStore(stores.engine, (state) => state.engine);
  const hello = useStore(stores.connection, (state) => state.hello);
  const online = useStore(stores.connection, ({ status }) => status === 'connected');
  const { tone, word } = engineWords(engine, online);
  const nav = useShownPage();
  return (
    <header className={css['rail']}>
      <div className={css['mark']}>
        <Layers size={20} aria-hidden="true" />
        Quayside
        <span className={css['bell']}>
          <NoticeBell />
        </span>
      </div>
      <Find onFind={onFind} />
      <ProjectCard />
      <Environments />
      <nav ref={nav} className={css['nav']} aria-label={t('app:pages')}>
        {pages.map(({ icon: Icon, ...page }) => (
          <Link
            key={page.to}
            to={page.to}
            search={({ env }) => (env === undefined ? {} : { env })}
            activeOptions={{ includeSearch: false }}
            className={css['link']}
          >
            <Icon size={16} aria-hidden="true" />
            {pageName(page)}
          </Link>
        ))}
      </nav>
      <OtherProjects />
      <div className={css['foot']}>
        <span title={engine?.endpoint}>
          <StateDot tone={tone} /> {word}
        </span>
        {hello === undefined ? null : <span>Quayside {hello.version}</span>}
        {hello === undefined || hello.user.name === '' ? null : (
          <span>
            {hello.user.name}, {hello.user.role}
          </span>
        )}
        <Link to="/diagnostics" search={({ env }) => (env === undefined ? {} : { env })} className={css['help']}>
          {t('app:diagnostics')}
        </Link>
      </div>
    </header>
  );
}
