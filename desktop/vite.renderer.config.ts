import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const link = (rel: string, file: string): HtmlTagDescriptor => ({
  tag: 'link',
  attrs: { rel, crossorigin: true, href: `./${file}` },
  injectTo: 'head',
});

/** The page names the panel, so that it is fetched at once and not when the script that asks for it and for the words has come. */
const panelAtOnce: Plugin = {
  name: 'panel-at-once',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle = {} }) =>
      Object.values(bundle).flatMap((file) => {
        if (file.type !== 'chunk' || file.name !== 'panel') return [];
        const styles = [...(file.viteMetadata?.importedCss ?? [])];
        return [link('modulepreload', file.fileName), ...styles.map((style) => link('stylesheet', style))];
      }),
  },
};

/**
 * The panel's page. Everything it loads is a file of its own origin, because its policy forbids inline scripts and styles
 * and the `app://` host serves it from a folder.
 */
export default defineConfig({
  root: at('./src/renderer'),
  base: './',
  plugins: [react(), panelAtOnce],
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  build: {
    outDir: at('./out/renderer'),
    emptyOutDir: true,
    target: ['chrome130', 'firefox130', 'safari18'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: true,
  },
});
