// Finds a Chromium for the browser tests, and gets one where the machine has none.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const SYSTEM_FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin'];
const MINUTE = 60_000;

const systemChromium = () =>
  SYSTEM_FOLDERS.flatMap((folder) => SYSTEM_NAMES.map((name) => `${folder}/${name}`)).find((path) => existsSync(path));

async function playwrightChromium() {
  const { chromium } = await import('playwright');
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : undefined;
}

const run = (command, args, timeout) =>
  spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

async function downloadWithPlaywright() {
  console.log('No Chromium found: trying Playwright’s download.');
  return run(process.execPath, ['node_modules/playwright/cli.js', 'install', 'chromium'], 4 * MINUTE)
    ? await playwrightChromium()
    : undefined;
}

function installWithApt() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  console.log('No Chromium found: installing the Debian package.');
  run('apt-get', ['update', '-qq'], 3 * MINUTE);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], 8 * MINUTE);
  return systemChromium();
}

/**
 * The path of a Chromium that can be started. Order: $CHROMIUM, Playwright's own, the system's, then a download or an installation.
 * Also sets process.env.CHROMIUM, so that child processes use the same one.
 */
export async function ensureChromium() {
  const given = process.env.CHROMIUM;
  if (given && !existsSync(given)) throw new Error(`CHROMIUM names ${given}, which does not exist.`);
  const path =
    given || (await playwrightChromium()) || systemChromium() || (await downloadWithPlaywright()) || installWithApt();
  if (!path) {
    throw new Error(
      'The browser tests need a Chromium, and none was found or could be fetched. ' +
        'Install one (Debian: apt-get install chromium) or set CHROMIUM to the path of its executable.',
    );
  }
  process.env.CHROMIUM = path;
  return path;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(await ensureChromium());
