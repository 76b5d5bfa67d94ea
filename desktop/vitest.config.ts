import { defineConfig } from 'vitest/config';

/** `unit` needs nothing; `docker` needs an engine and the reference CLI, which `npm test` provides (DOCKER_HOST, PATH). */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,conformance}/**/*.test.{ts,tsx}'],
          exclude: ['{src,conformance}/**/*.docker.test.ts'],
          environment: 'node',
          // Property tests do much; a busy machine takes its time.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'docker',
          include: ['{src,conformance}/**/*.docker.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
