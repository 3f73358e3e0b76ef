// The local store needs a Node of 22.15 or later. The project brings one for Linux: an older Node hands over to it.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Resolves where this Node will do. Otherwise runs the same command on the project's own, and ends when that ends. */
export async function needSuitableNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 15)) return;
  const own = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
  if (!existsSync(own) || spawnSync(own, ['--version']).status !== 0) {
    console.error(
      `Provost needs Node 22.15 or later, and this is ${process.versions.node}. Install a newer one from nodejs.org.`,
    );
    process.exit(1);
  }
  const again = spawn(own, process.argv.slice(1), { stdio: 'inherit' });
  passSignals(again);
  again.once('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
  await new Promise(() => {});
}

/** Ctrl+C in a terminal reaches the child by itself; other signals are passed on. Either way, we end when the child has. */
export function passSignals(child) {
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
}
