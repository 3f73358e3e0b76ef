import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';

/** `npm start -- --browser --no-open` on this folder, until it prints the address. */
async function start(dataDir: string) {
  const script = resolve(import.meta.dirname, '../scripts/start.mjs');
  const child = spawn(process.execPath, [script, '--browser', '--no-open', `--data-dir=${dataDir}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const said: string[] = [];
  const link = await new Promise<string>((done, fail) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      const address = /http:\/\/127\S+$/.exec(line)?.[0];
      if (address) done(address);
    });
    void ended.then(() => fail(new Error(`It ended before it printed an address.\n${said.join('\n')}`)));
  });
  const end = async (): Promise<unknown> => {
    child.kill('SIGTERM');
    return (await ended)[0];
  };
  return { link, said, end };
}

test('one command brings a server with a world in it, and a console somebody enters with one click; it ends as one', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const dataDir = mkdtempSync(join(tmpdir(), 'provost-start-'));
  const first = await start(dataDir);
  await page.goto(first.link);
  await page.getByRole('radio', { name: 'Stay signed in anyway' }).check();
  await page.getByRole('button', { name: 'Amaka Obi' }).click();
  await expect(page.getByRole('navigation', { name: 'Areas' })).toBeVisible();
  expect(await first.end()).toBe(0);

  const second = await start(dataDir);
  expect(second.said.join('\n')).not.toContain('the first time only');
  // The same person on the same server: the desk remembers the session.
  await page.goto(second.link);
  await expect(page.getByRole('navigation', { name: 'Areas' })).toBeVisible();
  expect(await second.end()).toBe(0);
  await expect(page.goto(second.link)).rejects.toThrow('ERR_CONNECTION_REFUSED');
  rmSync(dataDir, { recursive: true, force: true });
});
