import { existsSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const entries = {
  web: at('./src/hosts/web/main.ts'),
  cli: at('./src/hosts/cli/main.ts'),
  'log-worker': at('./src/engine/logs/search/worker.ts'),
  'yaml-worker': at('./src/engine/compose/parse/worker.ts'),
};

/** The hosts that run on Node alone. All but docker-modem is bundled, so that starting reads few files. */
export default defineConfig({
  // Bundled CommonJS packages ask for it; modules have it elsewhere.
  define: { __filename: 'import.meta.filename' },
  build: {
    ssr: true,
    outDir: at('./out/hosts'),
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
      external: [/^docker-modem/, ...builtinModules.flatMap((name) => [name, `node:${name}`])],
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
  ssr: { noExternal: true, external: ['docker-modem'] },
});
