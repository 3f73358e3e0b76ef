// Opens an address in the person's browser.
import { spawn } from 'node:child_process';

/** False where this machine has no way to. The address holds a ticket, so it never goes through a shell. */
export function openInBrowser(address) {
  const isHeadless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  if (isHeadless) return false;
  const [command, ...args] = {
    darwin: ['open', address],
    win32: ['rundll32', 'url.dll,FileProtocolHandler', address],
  }[process.platform] ?? ['xdg-open', address];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  // A missing xdg-open is no trouble: the address is printed.
  child.once('error', () => {});
  child.unref();
  return true;
}
