import { request } from 'node:http';
import { demoEmail, demoPassword, expect, test } from './fixtures';

/** The answer's status, and the cookie it sets. */
function get(url: string, headers: Record<string, string> = {}): Promise<{ status: number; cookie: string }> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, cookie: response.headers['set-cookie']?.[0] ?? '' });
    })
      .once('error', reject)
      .end();
  });
}

test('the console opens in an ordinary browser, and somebody signs in there', async ({ page, browserRim }) => {
  await page.goto(browserRim.link);
  await expect(page).toHaveURL(`${browserRim.origin}/`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.getByLabel('Email').fill(demoEmail('swimAdmin'));
  await page.getByRole('textbox', { name: 'Password' }).fill(demoPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Areas' })).toBeVisible();
});

test('its address opens once, and nothing else opens it', async ({ browserRim }) => {
  expect((await get(browserRim.origin)).status).toBe(403);
  expect((await get(`${browserRim.origin}/?ticket=guess`)).status).toBe(403);
  const { status, cookie } = await get(browserRim.link);
  expect(status).toBe(303);
  expect(cookie).toContain('HttpOnly; SameSite=Strict');
  expect((await get(browserRim.link)).status).toBe(403);
});

test('it answers neither to another host name nor to another site’s page', async ({ page, browserRim }) => {
  const { cookie } = await get(browserRim.link);
  const [own] = cookie.split(';');
  expect((await get(browserRim.origin, { cookie: own ?? '' })).status).toBe(200);
  expect((await get(browserRim.origin, { cookie: own ?? '', host: 'elsewhere.example' })).status).toBe(421);

  const door = browserRim.origin.replace('http:', 'ws:');
  const opened = await page.evaluate(
    (address) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(address);
        socket.onopen = () => resolve('opened');
        socket.onerror = () => resolve('refused');
      }),
    `${door}/door`,
  );
  expect(opened).toBe('refused');
});
