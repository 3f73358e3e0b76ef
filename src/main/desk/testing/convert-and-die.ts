import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** Run as a process of its own: opens a store in another form and kills itself at one of its calls to the file system. Says how many it made. */
const [file = '', migrationsDir = '', key = '', encrypt = '', dieAt = ''] = process.argv.slice(2);
let calls = 0;
const names = [
  'openSync',
  'closeSync',
  'renameSync',
  'chmodSync',
  'fsyncSync',
  'rmSync',
  'writeSync',
  'readSync',
] as const;
for (const name of names) {
  const real = fs[name] as (...args: unknown[]) => unknown;
  Object.assign(fs, {
    [name](...args: unknown[]) {
      if (++calls === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
      return real(...args);
    },
  });
}
syncBuiltinESMExports();

const { openStore } = await import('../local/open');
openStore({ file, migrationsDir, key: Buffer.from(key, 'hex'), encrypt: encrypt === 'yes' }).close();
fs.writeSync(1, String(calls));
