import { fileURLToPath } from 'node:url';
import { defineConfig } from 'electron-vite';
import renderer from './vite.renderer.config.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The desktop app: the main process with the engine process beside it, one sandboxed preload script, the panel. */
export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      outDir: at('./out/main'),
      minify: false,
      rolldownOptions: {
        input: {
          index: at('./src/hosts/electron/main/index.ts'),
          'engine-process': at('./src/hosts/electron/engine-process/main.ts'),
          'log-worker': at('./src/engine/logs/search/worker.ts'),
          'yaml-worker': at('./src/engine/compose/parse/worker.ts'),
        },
        // Packages of their own in the packaged app (electron-builder.yml): the one reaches for optional native parts, the other
        // chooses among its parts by the system, and is loaded by installed copies only.
        external: /^(?:docker-modem|electron-updater)(?:\/|$)/,
        output: { format: 'es' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      isolatedEntries: true,
      outDir: at('./out/preload'),
      minify: false,
      rolldownOptions: {
        input: { index: at('./src/hosts/electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  // electron-vite cannot take a list of browsers; this is what all of that list can run.
  renderer: { ...renderer, build: { ...renderer.build, target: 'es2023', minify: true } },
});
