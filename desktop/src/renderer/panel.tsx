import '#client/zod-without-eval.ts';
import './ui/tokens.css';
import './ui/base.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connectPage } from '#client/index.ts';
import { createStores } from '#state/index.ts';
import { CrashGuard } from './app/crash.tsx';
import { followLanguage, rememberedLanguage } from './app/language.ts';
import { createPanelRouter } from './app/router.tsx';
import { followTheme, rememberedTheme } from './app/theme.ts';

const hiddenFrameMs = 250;

/** When the next frame has been painted; a hidden page has none, so there a timer stands in for it. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, hiddenFrameMs);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      // A message that is sent in a frame comes after it was painted: until then nothing could be done with an answer.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    });
  });
}

/** Connects the page with its core and draws the panel into `root`, or calls `wordless` where no words can be fetched for it. */
export function startPanel(root: HTMLElement, wordless: () => void): void {
  const connection = connectPage(window);
  const guess = { theme: rememberedTheme(), language: rememberedLanguage() };
  const stores = createStores(connection, nextFrame, guess);
  followTheme(stores, document.documentElement);
  const router = createPanelRouter(stores);
  const panel = createRoot(root);
  const draw = () => {
    panel.render(
      <StrictMode>
        <CrashGuard>
          <RouterProvider router={router} />
        </CrashGuard>
      </StrictMode>,
    );
  };
  followLanguage(stores, document.documentElement, draw, wordless);
}
