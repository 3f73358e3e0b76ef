import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';

interface Ready {
  server: string;
  accounts: { email: string }[];
  /** The sentences before it was ready. */
  said: string[];
  child: ChildProcess;
  end(): Promise<void>;
}

const dir = join(mkdtempSync(join(tmpdir(), 'provost-demo-')), 'demonstration');
const running: Ready[] = [];

/** Starts it as `npm start` does. */
async function startDemo(...options: string[]): Promise<Ready> {
  const entry = resolve(import.meta.dirname, 'demo.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', entry, `--dir=${dir}`, ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const said: string[] = [];
  return new Promise((done, fail) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = JSON.parse(line) as { progress?: string; trouble?: string; server: string; accounts: [] };
      if (message.progress) said.push(message.progress);
      else if (message.trouble) fail(new Error(message.trouble));
      else {
        const end = async (): Promise<void> => {
          child.stdin.end();
          await ended;
        };
        const ready = { server: message.server, accounts: message.accounts, said, child, end };
        running.push(ready);
        done(ready);
      }
    });
    void ended.then(() => fail(new Error('It ended before it was ready.')));
  });
}

/** As a desk would speak: with the address it was given. */
async function hello(server: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  const { rows } = await client.query<{ hello: { product: string } }>('select api.hello() as hello');
  await client.end();
  return rows[0]?.hello.product;
}

afterAll(async () => {
  for (const demo of running) await demo.end();
});

describe('the demonstration', () => {
  it('is filled once, and found again at the same address; it ends with the one that started it', async () => {
    const first = await startDemo();
    expect(await hello(first.server)).toBe('provost');
    expect(first.accounts.length).toBeGreaterThan(3);
    expect(first.said).toHaveLength(2);
    await first.end();
    await expect(hello(first.server)).rejects.toThrow('ECONNREFUSED');

    const second = await startDemo();
    expect(second.server).toBe(first.server);
    expect(second.said).toHaveLength(1);
    await expect(startDemo()).rejects.toThrow('is in use by process');

    // Without a word, as when the machine takes everything down: the next start ends what was left and goes on with its data.
    second.child.kill('SIGKILL');
    await once(second.child, 'exit');
    const third = await startDemo();
    expect(third.server).toBe(first.server);
    expect(await hello(third.server)).toBe('provost');
    await third.end();
  });

  it('begins anew when asked', async () => {
    const fresh = await startDemo('--fresh');
    expect(fresh.said).toHaveLength(2);
    expect(await hello(fresh.server)).toBe('provost');
  });
});
