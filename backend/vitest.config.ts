import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['shop-source'] },
  ssr: { resolve: { conditions: ['shop-source'] } },
  test: {
    name: 'backend',
    include: ['{src,eval}/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
