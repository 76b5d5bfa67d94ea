import { LogOut } from 'lucide-react';
import { useEffect } from 'react';
import type { SessionView } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { moment } from '#ui/format.ts';
import { plainText } from '#ui/plain-text.ts';
import { useNow } from '#ui/use-now.ts';
import { t, told } from '#words/index.ts';
import css from './sessions-card.module.css';
import { browserWords } from './words.ts';

interface RowProps {
  session: SessionView;
  now: number;
  onEnd: () => void;
}

function Row({ session, now, onEnd }: RowProps) {
  const { user, current, origin, agent, startedAt, lastSeenAt, endsAt, connections } = session;
  const who = user.name === '' ? t('settings:session.fromLink') : t('settings:session.user', user);
  const times = [
    t('settings:session.since', { time: moment(startedAt, now) }),
    connections > 0 ? t('settings:session.open') : t('settings:session.lastSeen', { time: moment(lastSeenAt, now) }),
    ...(endsAt === undefined ? [] : [t('settings:session.ends', { time: moment(endsAt, now) })]),
  ];
  return (
    <li className={css['row']}>
      <span className={css['words']}>
        <b>{current ? t('settings:session.current', { who }) : who}</b>
        <small title={plainText(agent)}>{t('settings:session.place', { browser: browserWords(agent), origin })}</small>
        <small>{times.join(' · ')}</small>
      </span>
      <Button
        look="quiet"
        icon={LogOut}
        aria-label={current ? t('settings:session.signOut') : t('settings:session.endOf', { who })}
        onClick={onEnd}
      >
        {t(current ? 'settings:session.signOut' : 'settings:session.end')}
      </Button>
    </li>
  );
}

/** Who is in this panel: own sessions, or all for an admin; each can be ended. Nothing where the host has none. */
export function SessionsCard({ stores }: { stores: Stores }) {
  const { sessions, problem, load, end } = useStore(stores.sessions, (state) => state);
  const online = useStore(stores.connection, ({ status }) => status === 'connected');
  const now = useNow(true, 30_000);
  useEffect(() => {
    if (online) void load();
  }, [load, online, now]);
  if (problem === undefined && (sessions === undefined || sessions.length === 0)) return null;
  return (
    <Card
      title={t('settings:sessions')}
      aside={sessions === undefined ? undefined : t('settings:sessionCount', { count: sessions.length })}
    >
      {problem === undefined ? null : (
        <ErrorState
          title={t('settings:sessionsProblem')}
          message={told(problem.message)}
          remedy={told(problem.remedy)}
        />
      )}
      <ul className={css['rows']} aria-label={t('settings:sessions')}>
        {sessions?.map((session) => (
          <Row
            key={session.id}
            session={session}
            now={now}
            onEnd={() => {
              void end(session.id);
            }}
          />
        ))}
      </ul>
    </Card>
  );
}
