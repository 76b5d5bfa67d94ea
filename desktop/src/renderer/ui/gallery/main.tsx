import '../tokens.css';
import '../base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { speak } from '#words/index.ts';
import { Gallery } from './gallery.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');
await speak('en');
createRoot(root).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
);
