import '#client/zod-without-eval.ts';
import './ui/tokens.css';
import './ui/base.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connectPage } from '#client/index.ts';
import { createStores } from '#state/index.ts';
import { CrashGuard } from './app/crash.tsx';
import { createPanelRouter } from './app/router.tsx';
import { followTheme, rememberedTheme } from './app/theme.ts';

const hiddenFrameMs = 250;

/** The next frame; a hidden page has none, so there a timer stands in for it. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, hiddenFrameMs);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

const connection = connectPage(window);
const stores = createStores(connection, nextFrame, rememberedTheme());
followTheme(stores, document.documentElement);
const router = createPanelRouter(stores);
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');
createRoot(root).render(
  <StrictMode>
    <CrashGuard>
      <RouterProvider router={router} />
    </CrashGuard>
  </StrictMode>,
);
