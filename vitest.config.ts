import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The suffix of a test file says what it needs.
const NEEDS_POSTGRES = '**/*.pg.test.ts';
const NEEDS_DOM = 'src/**/*.dom.test.tsx';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{src,bench,simulator,scripts}/**/*.test.{ts,mjs}'],
          exclude: [NEEDS_POSTGRES, '**/*.dom.test.*'],
        },
      },
      {
        plugins: [react()],
        test: { name: 'dom', environment: 'happy-dom', include: [NEEDS_DOM] },
      },
      {
        test: {
          name: 'pg',
          environment: 'node',
          include: [`{src,simulator,bench}/${NEEDS_POSTGRES}`],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          globalSetup: ['src/central/server/vitest-server.ts'],
          env: { TZ: 'UTC' },
        },
      },
    ],
  },
});
