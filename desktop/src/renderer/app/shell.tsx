import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { FolderOpen } from 'lucide-react';
import { type ReactNode, useCallback } from 'react';
import type { Problem, Project } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { FurtherHelp } from '#ui/further-help.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import { t, told } from '#words/index.ts';
import { ConnectionNotice } from './connection-notice.tsx';
import { Toasts } from './notices/toasts.tsx';
import { useDesktopNotices } from './notices/use-desktop-notices.ts';
import { useNoticeFeeds } from './notices/use-notices.ts';
import { Overlays, useOverlays } from './overlays.tsx';
import { Rail } from './rail.tsx';
import { RoleGate } from './role-gate.tsx';
import css from './shell.module.css';
import { SignedOut } from './signed-out.tsx';
import { Tour } from './tour/tour.tsx';
import { useDocumentTitle } from './use-document-title.ts';
import { useFeeds } from './use-feeds.ts';
import { usePanel } from './use-panel.ts';

function NoFiles({
  project,
  problem,
  onRetry,
}: {
  project: Project;
  problem: Problem | undefined;
  onRetry: () => void;
}) {
  return (
    <EmptyState
      heading="h1"
      icon={FolderOpen}
      title={t('app:noFiles.title')}
      actions={<Button onClick={onRetry}>{t('app:noFiles.retry')}</Button>}
    >
      <p className={css['path']}>{project.directory}</p>
      <p>{told(problem?.message) ?? t('app:noFiles.note')}</p>
      <p>{told(problem?.remedy) ?? t('app:noFiles.remedy')}</p>
    </EmptyState>
  );
}

function Content({ stores, children }: { stores: Stores; children: ReactNode }) {
  const { project, problem, load } = useStore(stores.project, (state) => state);
  const needsProject = useLocation({ select: ({ pathname }) => pathname !== '/settings' });
  // Somebody whose project cannot be read is the one who needs help.
  const help = useLocation({ select: ({ pathname }) => pathname === '/diagnostics' });
  const retry = () => {
    void load();
  };
  if (!needsProject) return children;
  if (project === undefined) {
    if (problem === undefined) return <Skeleton label={t('app:project.reading')} lines={6} />;
    if (help) return children;
    return (
      <div className={css['lonely']}>
        <ErrorState
          heading="h1"
          title={t('app:project.unreadable')}
          message={told(problem.message)}
          remedy={told(problem.remedy)}
          actions={<Button onClick={retry}>{t('app:project.retry')}</Button>}
        />
      </div>
    );
  }
  if (project.environments.length === 0 && !help)
    return <NoFiles project={project} problem={project.problem} onRetry={retry} />;
  return children;
}

/** Pages of a project that is not of the open folder. */
function OtherContent({
  known,
  problem,
  children,
}: {
  known: boolean;
  problem: Problem | undefined;
  children: ReactNode;
}) {
  if (known) return children;
  if (problem === undefined) return <Skeleton label={t('app:project.reading')} lines={6} />;
  return (
    <div className={css['lonely']}>
      <ErrorState
        heading="h1"
        title={t('app:project.unshown')}
        message={told(problem.message)}
        remedy={told(problem.remedy)}
        actions={
          <Link to="/stack" search={{}}>
            {t('app:project.back')}
          </Link>
        }
      />
    </div>
  );
}

/** Lets every error below it lead to Diagnostics, but for those on that page itself. */
function HelpGate({ children }: { children: ReactNode }) {
  const there = useLocation({ select: ({ pathname }) => pathname === '/diagnostics' });
  const navigate = useNavigate();
  const help = useCallback(() => {
    void navigate({ to: '/diagnostics', search: ({ env }) => (env === undefined ? {} : { env }) });
  }, [navigate]);
  return <FurtherHelp value={there ? undefined : help}>{children}</FurtherHelp>;
}

/** The frame around every page: rail, notices, page. */
export function Shell() {
  const { stores, project, environment, other, problem } = usePanel();
  const { status, door } = useStore(stores.connection, (state) => state);
  const { open, setOpen } = useOverlays();
  useNoticeFeeds();
  useDesktopNotices();
  useFeeds(stores, environment?.id, other);
  useDocumentTitle(stores, project, environment);
  if (status === 'signed-out') return <SignedOut door={door} />;
  return (
    <RoleGate stores={stores}>
      <div className={css['shell']}>
        <button
          type="button"
          className={css['skip']}
          onClick={() => {
            document.querySelector('main')?.focus();
          }}
        >
          {t('app:skip')}
        </button>
        <Rail
          onFind={() => {
            setOpen('palette');
          }}
        />
        <main className={css['main']} tabIndex={-1}>
          <ConnectionNotice stores={stores} />
          <Tour />
          <div className={css['page']}>
            <HelpGate>
              {other === undefined ? (
                <Content stores={stores}>
                  <Outlet />
                </Content>
              ) : (
                <OtherContent known={environment !== undefined} problem={problem}>
                  <Outlet />
                </OtherContent>
              )}
            </HelpGate>
          </div>
        </main>
        <Toasts />
        <Overlays open={open} onOpen={setOpen} />
      </div>
    </RoleGate>
  );
}
