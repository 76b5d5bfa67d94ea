import { defineConfig } from 'vitest/config';

const docker = '{src,conformance}/**/*.docker.test.ts';

/**
 * They measure how busy something is, watch the whole engine, or compare the names of build steps, which builds that run at once
 * lend each other; so they run one at a time, after all others.
 */
const alone = [
  'src/engine/docker/build/build-image.docker.test.ts',
  'src/engine/usage.docker.test.ts',
  'src/engine/logs/log-states.docker.test.ts',
  'src/hosts/cli/stats.docker.test.ts',
  'src/testing/foreign-things.docker.test.ts',
  'src/testing/log-page.docker.test.ts',
];

/**
 * `unit` needs nothing; `docker` and `docker-alone` need an engine and the reference CLI, which `npm test` provides
 * (DOCKER_HOST, PATH). Tests on the engine wait more than they compute, so two files of them run at once; each keeps
 * to things that it made itself.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,conformance}/**/*.test.{ts,tsx}'],
          exclude: [docker],
          environment: 'node',
          // Property tests do much; a busy machine takes its time.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'docker',
          include: [docker],
          exclude: alone,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'docker-alone',
          include: alone,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
