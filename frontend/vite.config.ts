import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // The sources may be mounted read-only.
  cacheDir: join(tmpdir(), 'shop-vite'),
  build: { outDir: 'dist/page', emptyOutDir: true },
});
