import { gzipSync } from 'node:zlib';
import { startRealShop } from './support/real-shop.ts';
import { ask } from './support/states.ts';
import { expect, test } from './support/test.ts';

test('a customer finds a product, narrows the choice, asks for help, and loses nothing by a reload', async ({
  page,
}) => {
  const shop = await startRealShop();
  try {
    await page.goto(shop.url);
    await page.getByRole('button', { name: 'A backpack for my laptop under 150 euro' }).click();
    const first = page.getByRole('article').nth(0);
    await expect(first.getByRole('list', { name: 'Products' }).getByRole('listitem').first()).toBeVisible();
    const prices = await first.locator('.price').allTextContents();
    const dearest = Math.max(...prices.map((price) => Number(price.replace('€', ''))));
    expect(dearest).toBeLessThanOrEqual(150);

    await page.getByRole('button', { name: 'Cheaper ones?' }).click();
    const second = page.getByRole('article').nth(1);
    await expect(second.getByText('Did this help?')).toBeVisible();
    for (const price of await second.locator('.price').allTextContents()) {
      expect(Number(price.replace('€', ''))).toBeLessThan(dearest);
    }

    const source = first.getByRole('list', { name: 'Sources' }).getByRole('button').first();
    const name = (await source.textContent()) ?? '';
    await source.click();
    const dialog = page.getByRole('dialog', { name });
    await expect(dialog.getByRole('list', { name: 'Features' }).getByRole('listitem').first()).toBeVisible();
    await dialog.getByRole('button', { name: 'Can I send a product back?' }).click();
    const third = page.getByRole('article').nth(2);
    await third.getByRole('button', { name: 'Yes, this helped' }).click();
    await page.getByLabel('Your question').fill('And if it');

    const shown = await page.getByRole('main').innerText();
    await page.reload();
    await expect(page.getByRole('article')).toHaveCount(3);
    expect(await page.getByRole('main').innerText()).toBe(shown);
    await expect(page.getByLabel('Your question')).toHaveValue('And if it');
    await expect(third.getByRole('button', { name: 'Yes, this helped' })).toHaveAttribute('aria-pressed', 'true');
    await ask(page, 'Flurbig zonktwist?');
    await expect(page.getByRole('list', { name: 'You could ask' })).toBeVisible();
  } finally {
    await shop.stop();
  }
});

test('a reload in the middle of an answer keeps what had come', async ({ page, backend }) => {
  backend.script = ({ event }) => {
    event('session', { sessionId: 'some-session' });
    event('token', { text: 'The Nomad' });
  };
  await page.goto('/');
  await ask(page);
  await expect(page.getByText('The Nomad', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByText('The Nomad', { exact: true })).toBeVisible();
  await expect(page.getByText('The page was left before the answer was complete.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ask again' })).toBeVisible();
});

test('the scripts of the page are small', async ({ request }) => {
  const html = await (await request.get('/')).text();
  const scripts = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? '');
  expect(scripts.length).toBeGreaterThan(0);
  const bodies = await Promise.all(scripts.map(async (path) => (await request.get(path)).body()));
  expect(gzipSync(Buffer.concat(bodies)).byteLength).toBeLessThan(90_000);
});
