// `npm run dev`: the console with the sources served by Vite, so that a change shows at once; the demonstration server runs beside it.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemonstration } from './demonstration.mjs';
import { electronOrReason } from './electron-binary.mjs';
import { needSuitableNode, passSignals } from './project-node.mjs';

await needSuitableNode();
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const say = (text) => console.log(text);

const { reason } = electronOrReason(say);
if (reason) {
  say(
    `${reason} Without Electron there is no development window: use \`npm start -- --browser\`, which builds what changed.`,
  );
  process.exit(1);
}

const dataDir = resolve('.demo');
mkdirSync(dataDir, { recursive: true });
const { server, accounts, stop } = await startDemonstration(join(dataDir, 'demonstration'), false, say);
const child = spawn(
  process.execPath,
  ['node_modules/electron-vite/bin/electron-vite.js', 'dev', '--', `--data-dir=${dataDir}`],
  { stdio: 'inherit', env: { ...process.env, PROVOST_DEMO: JSON.stringify({ server, accounts }) } },
);
passSignals(child);
child.once('exit', (code) => void stop().then(() => process.exit(code ?? 1)));
