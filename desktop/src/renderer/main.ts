import { learn } from '#words/index.ts';
import { languageFor, rememberedLanguage } from './app/language.ts';

const root = document.getElementById('root');
const unloaded = document.querySelector<HTMLTemplateElement>('#unloaded');
if (root === null || unloaded === null) throw new Error('The page has nothing to draw into.');

function sayUnloaded(place: HTMLElement, { content }: HTMLTemplateElement): void {
  place.replaceChildren(content.cloneNode(true));
  for (const again of place.querySelectorAll('button')) {
    again.addEventListener('click', () => {
      location.reload();
    });
  }
}

const giveUp = () => {
  sayUnloaded(root, unloaded);
};
// The words are on their way while the panel is loaded, which asks for them again and looks then at what came of it.
learn(languageFor(rememberedLanguage())).catch(() => undefined);
import('./panel.tsx').then(({ startPanel }) => {
  startPanel(root, giveUp);
}, giveUp);
