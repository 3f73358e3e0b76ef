import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// Main and preload are bundled whole: opening hundreds of small files is most of a cold start. What stays outside is `dependencies` in
// package.json (a native module) and the optional parts of `ws` and `pg`, which both look for them at run time and do without.
const OPTIONAL_NATIVE = ['bufferutil', 'utf-8-validate', 'pg-native', 'pg-cloudflare'];

export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        external: OPTIONAL_NATIVE,
        input: {
          index: resolve('src/main/index.ts'),
          worker: resolve('src/main/desk/worker.ts'),
          browser: resolve('src/main/browser/main.ts'),
        },
        // Every file lies directly in out/main, so that a path relative to a module means the same in an entry and in a shared chunk.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload can require nothing but Electron, and only as CommonJS.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: { minify: true, rolldownOptions: { input: resolve('src/renderer/index.html') } },
  },
});
