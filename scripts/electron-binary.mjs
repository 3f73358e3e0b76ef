// Electron's binary is fetched at first use, from a host that not every machine reaches.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'node_modules/electron';
const FETCHED_WITHIN_MS = 10 * 60_000;

/** `{path}` of Electron's executable, or `{reason}`: one sentence why there can be no window of its own. */
export function electronOrReason(say) {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { reason: 'There is no screen here for a window.' };
  }
  if (process.getuid?.() === 0) return { reason: 'Electron does not run safely as root.' };
  if (!existsSync(join(FOLDER, 'install.js'))) return { reason: 'Electron is not installed.' };
  if (!executable()) {
    say('Fetching Electron, the first time only…');
    spawnSync(process.execPath, [join(FOLDER, 'install.js')], { stdio: 'ignore', timeout: FETCHED_WITHIN_MS });
  }
  const path = executable();
  return path ? { path } : { reason: 'Electron could not be fetched from this machine.' };
}

function executable() {
  const note = join(FOLDER, 'path.txt');
  if (!existsSync(note)) return undefined;
  const path = join(FOLDER, 'dist', readFileSync(note, 'utf8').trim());
  return existsSync(path) ? path : undefined;
}
