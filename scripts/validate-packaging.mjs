// Checks electron-builder.yml against electron-builder's own schema, without building or downloading anything.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { matchesGlob } from 'node:path';

const require = createRequire(import.meta.url);
const { getConfig, validateConfiguration } = require('app-builder-lib/out/util/config/config.js');
const { DebugLogger } = require('builder-util');

const config = await getConfig(process.cwd(), 'electron-builder.yml', null);
await validateConfiguration(config, new DebugLogger(false));
for (const file of ['resources/icon.png', 'package.json']) {
  if (!existsSync(file)) throw new Error(`${file} is missing.`);
}

// Each native module must lie outside the archive, from which the system loads nothing, and bring its binaries along.
const { dependencies } = require('../package.json');
for (const name of Object.keys(dependencies)) {
  for (const binary of ['linux-x64', 'darwin-arm64', 'win32-x64']) {
    const file = `node_modules/${name}/prebuilds/${binary}.node`;
    if (!existsSync(file)) throw new Error(`${file} is missing.`);
    if (!config.asarUnpack.some((pattern) => matchesGlob(file, pattern))) {
      throw new Error(`electron-builder.yml does not unpack ${file}.`);
    }
  }
}

// A check that accepts everything checks nothing.
const isBogusRefused = await validateConfiguration({ ...config, bogus: 1 }, new DebugLogger(false)).then(
  () => false,
  (error) => /bogus/.test(error.message),
);
if (!isBogusRefused) throw new Error('The validation accepted a key that does not exist.');
console.log('electron-builder.yml is valid.');
