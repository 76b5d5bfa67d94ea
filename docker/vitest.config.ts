import { configDefaults, defineConfig } from 'vitest/config';

const common = { environment: 'node', maxWorkers: 2, testTimeout: 600_000, hookTimeout: 900_000 } as const;
/** Measures how soon an edit is served: nothing of ours may run beside it. */
const alone = 'tests/development.docker.test.ts';

/** The images and compose files on a real engine; the images are built once for all files that need them. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'shop',
          include: ['tests/**/*.docker.test.ts'],
          exclude: [...configDefaults.exclude, alone],
          globalSetup: 'tests/build-images.ts',
        },
      },
      { test: { ...common, name: 'shop alone', include: [alone], sequence: { groupOrder: 1 } } },
    ],
  },
});
