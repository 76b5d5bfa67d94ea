import { KeyRound } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Door, Entrance } from '#state/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filled } from '#ui/filled.tsx';
import { t } from '#words/index.ts';
import { type Asking, SignIn } from './sign-in.tsx';
import css from './signed-out.module.css';

const byLink: Entrance = { how: 'link' };
const startCommand = 'npm start';

function OpenFromLink() {
  return (
    <main className={css['page']}>
      <EmptyState heading="h1" icon={KeyRound} title={t('app:signedOut.title')}>
        <p>{t('app:signedOut.note')}</p>
        <p>
          <Filled text={t('app:signedOut.remedy')} parts={{ command: <code>{startCommand}</code> }} />
        </p>
      </EmptyState>
    </main>
  );
}

/** The page for a visitor whose link was used up or whose session ended, and for whoever has to sign in. */
export function SignedOut({ door }: { door: Door | undefined }) {
  const [entrance, setEntrance] = useState<Entrance>();
  const [coming, setComing] = useState<Asking>({ asking: false });
  useEffect(() => {
    const left = new AbortController();
    const ask = async () => {
      try {
        const found = (await door?.how(left.signal)) ?? byLink;
        setEntrance(found);
        if (found.provider === undefined) return;
        setComing({ asking: true });
        setComing({ asking: false, refused: await door?.atProvider.comeBack() });
      } catch {
        // A host that does not answer is most likely one that has stopped, of which the words below tell.
        if (!left.signal.aborted) setEntrance(byLink);
      }
    };
    void ask();
    return () => {
      left.abort();
    };
  }, [door]);
  if (entrance === undefined) return null;
  if (entrance.how === 'link' || door === undefined) return <OpenFromLink />;
  return <SignIn door={door} entrance={entrance} before={coming} />;
}
