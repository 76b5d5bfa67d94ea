import { type SyntheticEvent, useState } from 'react';
import type { Door, Entrance, Refused } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { Filled } from '#ui/filled.tsx';
import { TextField } from '#ui/text-field.tsx';
import { t } from '#words/index.ts';
import css from './sign-in.module.css';

const usersCommand = 'quayside users';

/** What is asked of the host now, and what it said against what was asked last. */
export interface Asking {
  asking: boolean;
  refused?: Refused | undefined;
}

function refusedWords(refused: Refused): string {
  switch (refused.why) {
    case 'told':
      return refused.words;
    case 'unable':
      return t('app:signIn.refused.unable', { status: refused.status });
    case 'tooOften': {
      const { seconds } = refused;
      if (seconds < 120) return t('app:signIn.refused.seconds', { count: seconds });
      return t('app:signIn.refused.minutes', { count: Math.ceil(seconds / 60) });
    }
    default:
      return t(`app:signIn.refused.${refused.why}`);
  }
}

/** Begins with what was asked before the page was shown, until something else is. */
function useAsking(before: Asking) {
  const [own, setOwn] = useState<Asking>();
  const ask = (answer: Promise<Refused | undefined>) => {
    setOwn({ asking: true });
    void answer.then((refused) => {
      setOwn({ asking: false, refused });
    });
  };
  return { ...(own ?? before), ask };
}

function PasswordFields({ asking, onSubmit }: { asking: boolean; onSubmit: (name: string, password: string) => void }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSubmit(name.trim(), password);
  };
  return (
    <form className={css['fields']} onSubmit={submit}>
      <TextField label={t('app:signIn.name')} autoComplete="username" value={name} onChange={setName} />
      <TextField
        label={t('app:signIn.password')}
        autoComplete="current-password"
        hidden
        value={password}
        onChange={setPassword}
      />
      <Button type="submit" look="primary" disabled={asking || name === '' || password === ''}>
        {t(asking ? 'app:signIn.asking' : 'app:signIn.submit')}
      </Button>
      <p className={css['note']}>
        <Filled text={t('app:signIn.forgotten')} parts={{ command: <code>{usersCommand}</code> }} />
      </p>
    </form>
  );
}

/** The page of a shared panel for whoever is not signed in, or whose session has ended, or who comes back from the provider. */
export function SignIn({
  door,
  entrance: { how, provider },
  before,
}: {
  door: Door;
  entrance: Entrance;
  before: Asking;
}) {
  const { refused, asking, ask } = useAsking(before);
  const withPassword = how === 'password';
  return (
    <main className={css['page']}>
      <div className={css['form']}>
        <h1>{t('app:signIn.title')}</h1>
        <p>{t('app:signIn.note')}</p>
        <p role="alert" className={css['problem']}>
          {refused === undefined ? null : refusedWords(refused)}
        </p>
        {provider === undefined ? null : (
          <Button
            look={withPassword ? 'plain' : 'primary'}
            disabled={asking}
            onClick={() => {
              ask(door.atProvider.leave());
            }}
          >
            {asking && !withPassword ? t('app:signIn.asking') : t('app:signIn.atProvider', { provider })}
          </Button>
        )}
        {withPassword && provider !== undefined ? <p className={css['or']}>{t('app:signIn.or')}</p> : null}
        {withPassword ? (
          <PasswordFields
            asking={asking}
            onSubmit={(name, password) => {
              ask(door.signIn(name, password));
            }}
          />
        ) : (
          <p className={css['note']}>{t('app:signIn.providerDecides')}</p>
        )}
      </div>
    </main>
  );
}
