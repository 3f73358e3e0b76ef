import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { entityNames } from '../src/shared/entities';
import { demoEmail, demoPassword, expect, test } from './fixtures';

/** What axe finds serious on the page as it stands, one line each. */
async function serious(page: Page): Promise<string[]> {
  // Legacy mode: the other one opens a page of its own, which an application window does not allow.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`));
}

const areas = [
  'overview',
  'curriculum',
  'pricing',
  'facilities',
  'enrollments',
  'people',
  'access',
  'platform',
  'sync',
];

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious on any screen, ${theme}`, async ({ launchDesk }) => {
    test.setTimeout(400_000);
    const desk = await launchDesk({ withAccounts: true });
    const { page } = desk;
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await desk.ask('settings.write', { theme });
    await expect.soft(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
    expect.soft(await serious(page), 'sign-in').toEqual([]);

    await desk.signIn(demoEmail('superAdmin'), demoPassword);
    await desk.settled();
    // Colours differ between the themes, structure does not: the grid of each entity is looked at once.
    const grids = theme === 'light' ? entityNames.map((name) => `e/${name}`) : [];
    for (const path of [...areas, ...grids]) {
      await desk.go(`/${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0);
      expect.soft(await serious(page), path).toEqual([]);
    }
  });
}
