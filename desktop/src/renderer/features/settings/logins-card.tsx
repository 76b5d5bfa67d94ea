import { LogOut } from 'lucide-react';
import { useEffect } from 'react';
import type { LoginKeeping, RegistryLogin } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { LoginForm } from './login-form.tsx';
import css from './logins-card.module.css';
import rows from './sessions-card.module.css';

function sourceWords({ source, helper = '' }: RegistryLogin): string {
  switch (source) {
    case 'quayside':
      return 'Signed in here';
    case 'environment':
      return 'From the variable DOCKER_AUTH_CONFIG';
    case 'file':
      return "From Docker's configuration, where it lies in plain text";
    case 'helper':
      return `Docker's credential helper ${helper} is asked`;
  }
}

function keepingWords({ lasts, why }: LoginKeeping): string {
  return lasts === 'system'
    ? "A login that you make here is encrypted by the system's keychain and kept until you sign out."
    : `A login that you make here lasts until Quayside ends${why === undefined ? '' : `: ${why}`}.`;
}

interface RowProps {
  login: RegistryLogin;
  busy: boolean;
  onSignOut: () => void;
}

function Row({ login, busy, onSignOut }: RowProps) {
  return (
    <li className={rows['row']}>
      <span className={rows['words']}>
        <b>{login.domain}</b>
        <small>{sourceWords(login)}</small>
      </span>
      {login.source === 'quayside' ? (
        <Button
          look="quiet"
          needs="admin"
          icon={LogOut}
          disabled={busy}
          aria-label={`Sign out of ${login.domain}`}
          onClick={onSignOut}
        >
          Sign out
        </Button>
      ) : null}
    </li>
  );
}

/** The logins that pulls and builds use, by registry, and a form for another one. */
export function LoginsCard({ stores }: { stores: Stores }) {
  const { view, problem, busy, load, logout } = useStore(stores.registryLogins, (state) => state);
  const online = useStore(stores.connection, ({ status }) => status === 'connected');
  useEffect(() => {
    if (online) void load();
  }, [load, online]);
  const { logins = [], keeping, problem: unread } = view ?? {};
  const none = view !== undefined && logins.length === 0 && unread === undefined;
  return (
    <Card title="Registry logins">
      {logins.length === 0 ? null : (
        <ul className={css['rows']} aria-label="Registry logins">
          {logins.map((login) => (
            <Row
              key={login.domain}
              login={login}
              busy={busy}
              onSignOut={() => {
                void logout(login.domain);
              }}
            />
          ))}
        </ul>
      )}
      <div className={css['body']}>
        {none ? <p>There are none. Images that anybody may have need no login.</p> : null}
        {unread === undefined ? null : <p className={css['note']}>There may be other logins: {unread}.</p>}
        {problem === undefined ? null : (
          <ErrorState title="That did not work" message={problem.message} remedy={problem.remedy} />
        )}
        <LoginForm stores={stores} />
        {keeping === undefined ? null : <p className={css['note']}>{keepingWords(keeping)}</p>}
      </div>
    </Card>
  );
}
