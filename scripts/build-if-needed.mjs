// Builds the console where there is no build, or where a source is newer than it.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['src', 'package.json', 'electron.vite.config.ts'];
const BUILT = [
  'out/main/index.js',
  'out/main/browser.js',
  'out/main/worker.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
];

export function buildIfNeeded(say) {
  const built = Math.min(...BUILT.map((file) => changedAt(file) ?? 0));
  if (built > newest(SOURCES)) return;
  say('Building the console…');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The console could not be built.\n${stdout}${stderr}`);
}

const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

function newest(paths) {
  let latest = 0;
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) latest = Math.max(latest, newest(readdirSync(path).map((name) => join(path, name))));
    else if (found && !/\.test\.tsx?$|\.md$/.test(path)) latest = Math.max(latest, found.mtimeMs);
  }
  return latest;
}
