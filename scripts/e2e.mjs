// `npm run e2e [-- arguments for Playwright]`: the browser tests on the built console. Build it first.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ensureChromium } from './chromium.mjs';

if (!existsSync('out/main/index.js')) {
  console.error('There is no build to test. Run `npm run build` first.');
  process.exit(1);
}
await ensureChromium();
const { status } = spawnSync(
  process.execPath,
  ['node_modules/@playwright/test/cli.js', 'test', ...process.argv.slice(2)],
  { stdio: ['ignore', 'inherit', 'inherit'] },
);
process.exit(status ?? 1);
