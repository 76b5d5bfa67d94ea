import { LogOut } from 'lucide-react';
import { useEffect } from 'react';
import type { SessionView } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { counted, moment } from '#ui/format.ts';
import { plainText } from '#ui/plain-text.ts';
import { useNow } from '#ui/use-now.ts';
import css from './sessions-card.module.css';
import { browserWords } from './words.ts';

interface RowProps {
  session: SessionView;
  now: number;
  onEnd: () => void;
}

function Row({ session, now, onEnd }: RowProps) {
  const { user, current, origin, agent, startedAt, lastSeenAt, endsAt, connections } = session;
  const who = user.name === '' ? 'From the printed link' : `${user.name} (${user.role})`;
  const times = [
    `since ${moment(startedAt, now)}`,
    connections > 0 ? 'open now' : `last seen ${moment(lastSeenAt, now)}`,
    ...(endsAt === undefined ? [] : [`ends ${moment(endsAt, now)}`]),
  ];
  return (
    <li className={css['row']}>
      <span className={css['words']}>
        <b>{current ? `${who}, this page` : who}</b>
        <small title={plainText(agent)}>
          {browserWords(agent)}, {origin}
        </small>
        <small>{times.join(' · ')}</small>
      </span>
      <Button
        look="quiet"
        icon={LogOut}
        aria-label={current ? 'Sign out' : `End the session of ${who}`}
        onClick={onEnd}
      >
        {current ? 'Sign out' : 'End'}
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
    <Card title="Sessions" aside={sessions === undefined ? undefined : counted(sessions.length, 'session')}>
      {problem === undefined ? null : (
        <ErrorState title="The sessions cannot be changed" message={problem.message} remedy={problem.remedy} />
      )}
      <ul className={css['rows']} aria-label="Sessions">
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
