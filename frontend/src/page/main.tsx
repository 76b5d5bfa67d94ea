import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Chat } from './conversation/chat.ts';
import { keep, recall } from './conversation/memory.ts';
import { ReachMonitor } from './conversation/reach.ts';
import { ask } from './shop/chat-stream.ts';
import { probe, rate } from './shop/requests.ts';
import './styles/index.css';
import { App } from './ui/app.tsx';

const reach = new ReachMonitor({ probe, isOnline: () => navigator.onLine });
const chat = new Chat({ ask, rate, reach, keep }, recall());

const look = () => void reach.look();
addEventListener('online', look);
addEventListener('offline', look);
addEventListener('pagehide', chat.leave);
look();

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <App chat={chat} reach={reach} />
  </StrictMode>,
);
