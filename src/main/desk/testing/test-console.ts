import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDesk, type RunningDesk } from '../desk';
import { systemClock } from '../sync/clock';
import { migrationsDir } from './temp-store';
import { startWireProxy, type WireProxy } from './wire-proxy';

const vault = {
  seal: async (text: string) => Buffer.from(text).toString('base64'),
  open: async (text: string) => Buffer.from(text, 'base64').toString(),
};

export interface TestConsole {
  desk: RunningDesk;
  wire: WireProxy;
  /** Lets days go by. */
  wait(milliseconds: number): void;
}

/** A whole console signed in and synced, on a line of its own. What ends it is added to `closers`. */
export async function openConsole(
  central: { clientUrl: string },
  user: { email: string; password: string },
  closers: (() => Promise<void> | void)[],
  deskName = 'Front desk',
): Promise<TestConsole> {
  const wire = await startWireProxy(central.clientUrl);
  const dataDir = mkdtempSync(join(tmpdir(), 'provost-centre-'));
  let shift = 0;
  const desk = createDesk({
    ...{ dataDir, migrationsDir, shell: 'browser', version: '1.2.3', demo: null, deskName, vault },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    clock: { ...systemClock, now: () => Date.now() + shift },
  });
  closers.push(async () => {
    await desk.close();
    await wire.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  await desk.request('session.sign-in', { server: wire.url, email: user.email, password: user.password });
  await desk.request('sync.now', {});
  return { desk, wire, wait: (milliseconds) => void (shift += milliseconds) };
}
