import { LogOut } from 'lucide-react';
import { useEffect } from 'react';
import type { LoginKeeping, RegistryLogin } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { t, told } from '#words/index.ts';
import { LoginForm } from './login-form.tsx';
import css from './logins-card.module.css';
import rows from './sessions-card.module.css';

function sourceWords({ source, helper = '' }: RegistryLogin): string {
  return source === 'helper' ? t('settings:logins.fromHelper', { helper }) : t(`settings:logins.from.${source}`);
}

function keepingWords({ lasts, why }: LoginKeeping): string {
  if (lasts === 'system') return t('settings:logins.kept');
  return why === undefined ? t('settings:logins.lasts') : t('settings:logins.lastsWhy', { why: told(why) });
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
          aria-label={t('settings:logins.signOutOf', { domain: login.domain })}
          onClick={onSignOut}
        >
          {t('settings:logins.signOut')}
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
    <Card title={t('settings:logins.title')}>
      {logins.length === 0 ? null : (
        <ul className={css['rows']} aria-label={t('settings:logins.title')}>
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
        {none ? <p>{t('settings:logins.none')}</p> : null}
        {unread === undefined ? null : <p className={css['note']}>{t('settings:logins.unread', { why: unread })}</p>}
        {problem === undefined ? null : (
          <ErrorState
            title={t('settings:logins.failed')}
            message={told(problem.message)}
            remedy={told(problem.remedy)}
          />
        )}
        <LoginForm stores={stores} />
        {keeping === undefined ? null : <p className={css['note']}>{keepingWords(keeping)}</p>}
      </div>
    </Card>
  );
}
