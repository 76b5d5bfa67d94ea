import { defineConfig } from 'vitest/config';

/** The images and compose files on a real engine; the images are built once for all files. */
export default defineConfig({
  test: {
    name: 'shop',
    include: ['tests/**/*.docker.test.ts'],
    environment: 'node',
    globalSetup: 'tests/build-images.ts',
    maxWorkers: 2,
    testTimeout: 600_000,
    hookTimeout: 900_000,
  },
});
