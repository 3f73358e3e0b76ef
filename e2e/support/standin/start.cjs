'use strict';
/**
 * Electron's command line: `electron [-r FILE]… [--inspect=PORT] [--switches] APP [arguments]`. Sets the process up as Electron's main
 * process, then runs the app's main file.
 */
const { existsSync, readFileSync, statSync } = require('node:fs');
const { open: openInspector } = require('node:inspector');
const { registerHooks } = require('node:module');
const { dirname, join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');

const given = process.argv.slice(2);
if (given.includes('--version')) {
  console.log(`v${require('electron/package.json').version}-standin`);
  process.exit(0);
}

const preloads = [];
const kept = [];
let inspectAt;
let target;
for (let index = 0; index < given.length; index++) {
  const arg = given[index];
  const inspect = /^--inspect(?:-brk)?=(\d+)$/.exec(arg);
  if (arg === '-r' || arg === '--require') preloads.push(given[++index]);
  else if (inspect) inspectAt = Number(inspect[1]);
  else {
    kept.push(arg);
    if (!arg.startsWith('-')) target ??= resolve(arg);
  }
}
if (!target) throw new Error('Name the folder of the app to run.');

const root = folderOfApp(target);
const main = statSync(target).isDirectory() ? resolve(root, manifest().main) : target;
process.argv = [process.execPath, ...kept];
process.env.STANDIN_APP = root;
process.type = 'browser';
process.defaultApp = true;
process.resourcesPath ??= join(root, 'resources');
Object.defineProperty(process.versions, 'electron', { value: `${require('electron/package.json').version}-standin` });

// One hook for `import` and `require`, in the app and in what it is made of.
const electron = pathToFileURL(join(__dirname, 'electron.cjs')).href;
const names = new Set(['electron', 'electron/main', 'electron/common']);
registerHooks({
  resolve: (name, context, next) =>
    names.has(name) ? { url: electron, format: 'commonjs', shortCircuit: true } : next(name, context),
});

if (inspectAt !== undefined) openInspector(inspectAt, '127.0.0.1');
const { app } = require('electron');
for (const file of preloads) require(resolve(file));
app.begin();
import(pathToFileURL(main).href).catch((error) => {
  console.error(error);
  process.exit(1);
});

function manifest() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

function folderOfApp(path) {
  let folder = statSync(path).isDirectory() ? path : dirname(path);
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
