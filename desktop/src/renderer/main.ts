import { learn } from '#words/index.ts';
import { languageFor, rememberedLanguage } from './app/language.ts';

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no element "${id}".`);
  return found;
}

const root = element('root');
const unloaded = element('unloaded');
for (const again of unloaded.querySelectorAll('button')) {
  again.addEventListener('click', () => {
    location.reload();
  });
}

// The words are on their way while the panel is loaded, which asks for them again and looks then at what came of it.
learn(languageFor(rememberedLanguage())).catch(() => undefined);
import('./panel.tsx').then(
  ({ startPanel }) => {
    startPanel(root, unloaded);
  },
  () => {
    unloaded.hidden = false;
  },
);
