/**
 * What every journey starts from: a central database of its own, and as many desks as it asks for. Everything is closed at its end.
 *
 *     test('an edit travels', async ({ central, launchDesk }) => {
 *       const desk = await launchDesk();
 *       await desk.signIn('amaka.obi@provost.example', demoPassword);
 */
import { test as base } from '@playwright/test';
import { startBrowserRim, type BrowserRim } from './support/browser-rim';
import { startCentral, type Central, type CentralServer } from './support/central';
import { Desk, type DeskOptions } from './support/desk';

export { expect } from '@playwright/test';
export type { Central } from './support/central';
export { demoEmail, demoPassword, demoPeople } from '../src/central/seed/demo-accounts';

interface PerTest {
  central: Central;
  launchDesk: (options?: DeskOptions) => Promise<Desk>;
  browserRim: BrowserRim;
}

interface PerWorker {
  centralServer: CentralServer;
}

export const test = base.extend<PerTest, PerWorker>({
  centralServer: [
    // Playwright reads the names a fixture needs from this pattern: it needs none.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await startCentral();
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  central: async ({ centralServer }, use) => {
    const central = await centralServer.copy();
    await use(central);
    await central.drop();
  },

  launchDesk: async ({ central }, use) => {
    const desks: Desk[] = [];
    await use(async (options) => {
      const desk = await Desk.launch(central, options);
      desks.push(desk);
      return desk;
    });
    await Promise.all(desks.map((desk) => desk.close()));
  },

  browserRim: async ({ central }, use) => {
    const rim = await startBrowserRim(central.server);
    await use(rim);
    await rim.close();
  },
});
