import { useRef, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import type { Chat } from '../conversation/chat.ts';
import type { ReachMonitor } from '../conversation/reach.ts';
import { openTurn } from '../conversation/turns.ts';
import { Announcer } from './announcer.tsx';
import { Composer } from './composer.tsx';
import { Header } from './header.tsx';
import { type Detail, ProductDialog } from './product-dialog.tsx';
import { ReachBanner } from './reach-banner.tsx';
import { Turns } from './turns.tsx';
import { Welcome } from './welcome.tsx';

interface AppProps {
  readonly chat: Chat;
  readonly reach: ReachMonitor;
}

export function App({ chat, reach }: AppProps) {
  const conversation = useSyncExternalStore(chat.subscribe, chat.get);
  const reachable = useSyncExternalStore(reach.subscribe, reach.get);
  const [detail, setDetail] = useState<Detail>();
  const main = useRef<HTMLElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const { turns } = conversation;

  /** Shows the question asked last at the top; keyboard and screen reader go on from it unless they are in the box. */
  const show = (change: () => void, from: 'box' | 'page') => {
    flushSync(change);
    const question = [...(main.current?.querySelectorAll<HTMLElement>('.question') ?? [])].at(-1);
    question?.scrollIntoView({ block: 'start' });
    if (from === 'page') question?.focus({ preventScroll: true });
  };
  const pick = (question: string) => {
    show(() => {
      chat.send(question);
    }, 'page');
  };
  return (
    <>
      <a className="skip" href="#message">
        Skip to the question box
      </a>
      <Header
        started={turns.length > 0}
        onClear={() => {
          chat.clear();
          input.current?.focus();
        }}
      />
      <main ref={main}>
        {turns.length === 0 ? (
          <Welcome onPick={pick} />
        ) : (
          <Turns
            turns={turns}
            reach={reachable}
            onPick={pick}
            onAgain={(id) => {
              show(() => {
                chat.again(id);
              }, 'page');
            }}
            onStop={() => {
              chat.stop();
              input.current?.focus();
            }}
            onRate={chat.rate}
            onOpen={setDetail}
          />
        )}
      </main>
      <Composer
        input={input}
        busy={openTurn(conversation) !== undefined}
        onSend={(question) => {
          show(() => {
            chat.send(question);
          }, 'box');
        }}
        onStop={chat.stop}
      >
        <ReachBanner reach={reachable} />
      </Composer>
      {detail && (
        <ProductDialog
          key={detail.id}
          detail={detail}
          busy={openTurn(conversation) !== undefined}
          onAsk={pick}
          onClose={() => {
            setDetail(undefined);
          }}
        />
      )}
      <Announcer turns={turns} />
    </>
  );
}
