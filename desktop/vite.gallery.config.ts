import { fileURLToPath } from 'node:url';
import { mergeConfig } from 'vite';
import renderer from './vite.renderer.config.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The gallery of the design system: a page of its own, which no host serves and no package holds. */
export default mergeConfig(renderer, {
  root: at('./src/renderer/ui/gallery'),
  build: { outDir: at('./out/gallery') },
});
