import { expect, test } from './fixtures';

test('the console opens on the sign-in screen, with the server it was given', async ({ launchDesk }) => {
  const { page } = await launchDesk();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByText('Server: 127.0.0.1')).toBeVisible();
});

test('the demonstration shows an account for each role, one click away', async ({ central, launchDesk }) => {
  const { page } = await launchDesk({ withAccounts: true });
  const accounts = page.getByRole('region', { name: 'Look around the demonstration as' });
  await expect(accounts.getByRole('button')).toHaveCount(central.accounts.length);
  await accounts.getByRole('button', { name: 'Amaka Obi' }).click();
  await expect(page.getByRole('navigation', { name: 'Areas' })).toBeVisible();
});

test('the page has no way out but its two doors', async ({ launchDesk }) => {
  const { app, page } = await launchDesk();
  const seen = await page.evaluate(() => {
    const names = ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'];
    return {
      leaked: names.filter((name) => name in window),
      doors: Object.keys((window as { provost?: object }).provost ?? {}),
    };
  });
  expect(seen).toEqual({ leaked: [], doors: ['request', 'listen'] });

  const before = page.url();
  await page.evaluate(() => {
    window.location.href = 'http://elsewhere.example/';
  });
  await page.evaluate(() => void window.open('http://elsewhere.example/'));
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect(page.url()).toBe(before);
  expect(app.windows()).toHaveLength(1);
});

test('a style or script that is not the console’s own does not run', async ({ launchDesk }) => {
  const { page } = await launchDesk();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.wasInjected = true';
    document.head.append(script);
    const image = await new Promise<string>((done) => {
      const picture = new Image();
      picture.onload = () => done('loaded');
      picture.onerror = () => done('refused');
      picture.src = 'https://elsewhere.example/pixel.png';
    });
    return { script: 'wasInjected' in window, image };
  });
  expect(ran).toEqual({ script: false, image: 'refused' });
});
