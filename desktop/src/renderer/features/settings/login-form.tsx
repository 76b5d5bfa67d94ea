import { KeyRound } from 'lucide-react';
import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { type Stores, useStore } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { TextField } from '#ui/text-field.tsx';
import { t } from '#words/index.ts';
import css from './logins-card.module.css';

/** Signs in to a registry; comes with the name of the one that somebody was sent here for. */
export function LoginForm({ stores }: { stores: Stores }) {
  const { asked, busy, login, ask } = useStore(stores.registryLogins, (state) => state);
  const [domain, setDomain] = useState(asked ?? '');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const userField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asked === undefined) return;
    userField.current?.focus();
    ask(undefined);
  }, [ask, asked]);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void login({ domain: domain.trim(), username: username.trim(), password }).then((accepted) => {
      // Refused or not, it is not left lying about in the page.
      setPassword('');
      if (!accepted) return;
      setDomain('');
      setUsername('');
    });
  };
  return (
    <form className={css['form']} onSubmit={submit}>
      <TextField
        label={t('settings:logins.registry')}
        note={t('settings:logins.registryNote')}
        value={domain}
        onChange={setDomain}
      />
      <TextField label={t('settings:logins.user')} value={username} onChange={setUsername} ref={userField} />
      <TextField label={t('settings:logins.password')} hidden value={password} onChange={setPassword} />
      <Button
        type="submit"
        needs="admin"
        icon={KeyRound}
        disabled={busy || domain.trim() === '' || username.trim() === '' || password === ''}
      >
        {t(busy ? 'settings:logins.asking' : 'settings:logins.signIn')}
      </Button>
    </form>
  );
}
