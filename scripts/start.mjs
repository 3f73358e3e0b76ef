// `npm start`: the console on this computer, with a demonstration server unless another one is named. See USAGE.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './build-if-needed.mjs';
import { startDemonstration } from './demonstration.mjs';
import { electronOrReason } from './electron-binary.mjs';
import { openInBrowser } from './open-in-browser.mjs';
import { needSuitableNode, passSignals } from './project-node.mjs';

const USAGE = `npm start -- [--browser] [--port N] [--no-open] [--data-dir DIR] [--server ADDRESS] [--fresh]

  --browser         in your browser instead of a window of its own
  --port N          the port for the browser; by default a free one
  --no-open         print the address and do not open the browser
  --data-dir DIR    where this desk keeps its data; by default .demo in the checkout
  --server ADDRESS  a PostgreSQL that holds Provost (postgres://provost_client:…@host/provost); no demonstration then
  --fresh           begin the demonstration anew: its data and what this desk kept of it are removed`;

const USUAL_DIR = '.demo';

await needSuitableNode();
const options = readOptions(process.argv.slice(2));
// npm runs its scripts in the checkout, and says here where it was called.
const askedDir = options['data-dir'] && resolve(process.env.INIT_CWD ?? '.', options['data-dir']);
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const dataDir = askedDir ?? resolve(USUAL_DIR);
const say = (text) => console.log(text);

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main() {
  if (options.fresh) beginAnew();
  mkdirSync(dataDir, { recursive: true });
  buildIfNeeded(say);
  const demonstration = options.server
    ? null
    : await startDemonstration(join(dataDir, 'demonstration'), options.fresh, say);
  const offered = demonstration
    ? { PROVOST_DEMO: JSON.stringify({ server: demonstration.server, accounts: demonstration.accounts }) }
    : { PROVOST_SERVER: options.server };
  const env = { ...process.env, ...offered };
  try {
    return await openConsole(env);
  } finally {
    await demonstration?.stop();
  }
}

async function openConsole(env) {
  const electron = options.browser ? { reason: null } : electronOrReason(say);
  if (electron.path) return ended(spawn(electron.path, ['.', `--data-dir=${dataDir}`], { env, stdio: 'inherit' }));
  if (electron.reason) say(`${electron.reason} The console opens in your browser instead.`);
  const child = spawn(
    process.execPath,
    ['out/main/browser.js', `--data-dir=${dataDir}`, ...(options.port ? [`--port=${options.port}`] : [])],
    { env, stdio: ['inherit', 'pipe', 'inherit', 'ipc'] },
  );
  child.stdout.on('data', (text) => {
    process.stdout.write(text);
    const address = /Open this address .*: (http:\S+)/.exec(text.toString())?.[1];
    if (address && !options['no-open'] && !openInBrowser(address)) say('No browser was found to open it with.');
  });
  return ended(child);
}

function ended(child) {
  passSignals(child);
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code, signal) => done(signal ? 1 : (code ?? 1)));
  });
}

/** A folder that somebody named may hold a desk with real work in it: there, only the demonstration's own folder goes. */
function beginAnew() {
  if (options.server) throw new Error('--fresh begins the demonstration anew; it cannot go together with --server.');
  if (askedDir || !existsSync(dataDir)) return;
  // The database goes in its own way: it may be in use, or kept elsewhere.
  for (const name of readdirSync(dataDir))
    if (name !== 'demonstration') rmSync(join(dataDir, name), { recursive: true });
}

function readOptions(args) {
  const takesValue = { port: true, 'data-dir': true, server: true, browser: false, 'no-open': false, fresh: false };
  const found = {};
  for (let index = 0; index < args.length; index++) {
    const [, name, value] = /^--([a-z-]+)(?:=(.*))?$/.exec(args[index]) ?? [];
    if (name === 'help') finish(USAGE, 0);
    if (!name || !Object.hasOwn(takesValue, name)) finish(`${args[index]} is not known here.\n\n${USAGE}`, 2);
    found[name] = takesValue[name] ? (value ?? args[++index]) : true;
    if (!found[name]) finish(`--${name} needs a value.\n\n${USAGE}`, 2);
  }
  return found;
}

function finish(text, code) {
  console.log(text);
  process.exit(code);
}
