import { type SyntheticEvent, useState } from 'react';
import type { Door, Entrance } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { TextField } from '#ui/text-field.tsx';
import css from './sign-in.module.css';

/** What is asked of the host now, and what it said against what was asked last. */
export interface Asking {
  asking: boolean;
  problem?: string | undefined;
}

/** Begins with what was asked before the page was shown, until something else is. */
function useAsking(before: Asking) {
  const [own, setOwn] = useState<Asking>();
  const ask = (answer: Promise<string | undefined>) => {
    setOwn({ asking: true });
    void answer.then((problem) => {
      setOwn({ asking: false, problem });
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
      <TextField label="User name" autoComplete="username" value={name} onChange={setName} />
      <TextField label="Password" autoComplete="current-password" hidden value={password} onChange={setPassword} />
      <Button type="submit" look="primary" disabled={asking || name === '' || password === ''}>
        {asking ? 'Signing in…' : 'Sign in'}
      </Button>
      <p className={css['note']}>
        Forgotten, or no account? Whoever looks after this panel makes one on its machine: <code>quayside users</code>
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
  const { problem, asking, ask } = useAsking(before);
  const withPassword = how === 'password';
  return (
    <main className={css['page']}>
      <div className={css['form']}>
        <h1>Sign in to Quayside</h1>
        <p>This panel is shared. What you do here is written down under your name.</p>
        <p role="alert" className={css['problem']}>
          {problem}
        </p>
        {provider === undefined ? null : (
          <Button
            look={withPassword ? 'plain' : 'primary'}
            disabled={asking}
            onClick={() => {
              ask(door.atProvider.leave());
            }}
          >
            {asking && !withPassword ? 'Signing in…' : `Sign in with ${provider}`}
          </Button>
        )}
        {withPassword && provider !== undefined ? <p className={css['or']}>or</p> : null}
        {withPassword ? (
          <PasswordFields
            asking={asking}
            onSubmit={(name, password) => {
              ask(door.signIn(name, password));
            }}
          />
        ) : (
          <p className={css['note']}>Whoever looks after this panel decides who may come in from there.</p>
        )}
      </div>
    </main>
  );
}
