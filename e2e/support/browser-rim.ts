/** The console in an ordinary browser, as `npm start -- --browser` runs it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export interface BrowserRim {
  /** The printed address: it opens the console once. */
  link: string;
  origin: string;
  close(): Promise<void>;
}

/** `server` is what the sign-in screen offers. */
export async function startBrowserRim(server = ''): Promise<BrowserRim> {
  const dataDir = mkdtempSync(join(tmpdir(), 'provost-browser-'));
  const entry = resolve(import.meta.dirname, '../../out/main/browser.js');
  const child = spawn(process.execPath, [entry, `--data-dir=${dataDir}`], {
    env: { ...process.env, PROVOST_SERVER: server },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const link = await new Promise<string>((done, fail) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = /http:\/\/\S+$/.exec(line)?.[0];
      if (address) done(address);
    });
    void ended.then(() => fail(new Error('The console ended before it printed its address.')));
  });
  return {
    link,
    origin: new URL(link).origin,
    async close() {
      child.kill('SIGTERM');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
