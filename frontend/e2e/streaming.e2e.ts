import { type Asked, answering } from './support/scripted-backend.ts';
import { ask, backpackAnswer } from './support/states.ts';
import { expect, test } from './support/test.ts';

test('an answer is shown as it comes and told to a screen reader once, when it is complete', async ({
  page,
  backend,
}) => {
  const { promise, resolve } = Promise.withResolvers<Asked>();
  backend.script = resolve;
  await page.goto('/');
  const told = page.getByRole('status').last();
  await expect(told).toBeEmpty();
  await ask(page);
  await expect(told).toHaveText('Looking through the shop.');
  const { event, end } = await promise;
  event('token', { text: 'The Nomad' });
  await expect(page.getByText('The Nomad', { exact: true })).toBeVisible();
  event('token', { text: ' Backpack' });
  await expect(page.getByText('The Nomad Backpack', { exact: true })).toBeVisible();
  await expect(page.getByRole('article')).toHaveAttribute('aria-busy', 'true');
  await expect(told).toHaveText('Looking through the shop.');
  event('products', { products: backpackAnswer.products });
  event('done', { sessionId: 'session-1', abstained: false, degraded: false });
  end();
  await expect(told).toHaveText('The Nomad Backpack 3 products are shown.');
  await expect(page.getByRole('article')).toHaveAttribute('aria-busy', 'false');
});

test('Stop and Escape end an answer, for the shop too; the rest stays and can be asked for again', async ({
  page,
  backend,
}) => {
  const asked: Asked[] = [];
  backend.script = (one) => {
    asked.push(one);
    one.event('token', { text: 'The Nomad' });
  };
  await page.goto('/');
  await ask(page);
  await expect(page.getByText('The Nomad', { exact: true })).toBeVisible();
  const button = page.getByRole('button', { name: 'Stop' });
  await button.click();
  await asked[0]?.left;
  await expect(page.getByText('Stopped.', { exact: true })).toBeVisible();
  await expect(page.getByText('The Nomad', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ask', exact: true })).toBeFocused();

  await page.getByRole('button', { name: 'Ask again' }).click();
  await expect(page.getByRole('heading', { name: 'A backpack for my laptop' })).toBeFocused();
  await page.getByLabel('Your question').press('Escape');
  await asked[1]?.left;
  backend.script = answering(backpackAnswer);
  await page.getByRole('button', { name: 'Ask again' }).click();
  await expect(page.getByRole('main').getByText('keeps the rain out')).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(1);
});

test('an answer that breaks off keeps what had come and can be tried again', async ({ page, backend, problems }) => {
  const { promise, resolve } = Promise.withResolvers<Asked>();
  backend.script = resolve;
  await page.goto('/');
  await ask(page);
  const { event, cut } = await promise;
  event('token', { text: 'The Nomad' });
  await expect(page.getByText('The Nomad', { exact: true })).toBeVisible();
  cut();
  await expect(page.getByText('The answer broke off.')).toBeVisible();
  await expect(page.getByText(/mention [\da-f-]{36}/)).toBeVisible();
  problems.length = 0;
  backend.script = answering(backpackAnswer);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('main').getByText('keeps the rain out')).toBeVisible();
});
