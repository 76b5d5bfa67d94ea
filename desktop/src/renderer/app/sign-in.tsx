import { type SyntheticEvent, useState } from 'react';
import type { Door } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { TextField } from '#ui/text-field.tsx';
import css from './sign-in.module.css';

/** The page of a shared panel for whoever is not signed in, or whose session has ended. */
export function SignIn({ door }: { door: Door }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string>();
  const [asking, setAsking] = useState(false);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsking(true);
    setProblem(undefined);
    void door.signIn(name.trim(), password).then((refused) => {
      setAsking(false);
      setProblem(refused);
    });
  };
  return (
    <main className={css['page']}>
      <form className={css['form']} onSubmit={submit}>
        <h1>Sign in to Quayside</h1>
        <p>This panel is shared. What you do here is written down under your name.</p>
        <TextField label="User name" autoComplete="username" value={name} onChange={setName} />
        <TextField label="Password" autoComplete="current-password" hidden value={password} onChange={setPassword} />
        <p role="alert" className={css['problem']}>
          {problem}
        </p>
        <Button type="submit" look="primary" disabled={asking || name === '' || password === ''}>
          {asking ? 'Signing in…' : 'Sign in'}
        </Button>
        <p className={css['note']}>
          Forgotten, or no account? Whoever looks after this panel makes one on its machine: <code>quayside users</code>
        </p>
      </form>
    </main>
  );
}
