// Runs the demonstration server (src/central/server/demo.ts) beside the console.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * `{server, accounts, stop}` when it is ready. Its sentences of progress go to `say`.
 * The child watches its standard input: when that ends, because we stop it or because we are gone, it ends in order.
 */
export function startDemonstration(dir, isFresh, say) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'src/central/server/demo.ts', `--dir=${dir}`, ...(isFresh ? ['--fresh'] : [])],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = new Promise((done) => child.once('close', done));
  const stop = async () => {
    child.stdin.end();
    await ended;
  };
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { progress, trouble, server, accounts } = JSON.parse(line);
      if (progress) say(progress);
      else if (trouble) reject(new Error(trouble));
      else resolve({ server, accounts, stop });
    });
    void ended.then(() => reject(new Error('The demonstration server stopped before it was ready.')));
  });
}
