import { type RealShop, startRealShop } from './support/real-shop.ts';
import { answering } from './support/scripted-backend.ts';
import { ask, returnsAnswer } from './support/states.ts';
import { expect, test } from './support/test.ts';

const backMs = 30_000;
const down = 'The shop cannot be reached right now.';

async function withShop(env: Readonly<Record<string, string>>, use: (shop: RealShop) => Promise<void>): Promise<void> {
  const shop = await startRealShop(env);
  try {
    await use(shop);
  } finally {
    await shop.stop();
  }
}

test('a backend that is killed and comes back: the question is kept and answered, without a reload', async ({
  page,
  problems,
}) => {
  await withShop({}, async (shop) => {
    await page.goto(shop.url);
    await ask(page, 'Can I send a product back?');
    await expect(page.getByText('Did this help?')).toBeVisible();
    await shop.killBackend();
    await ask(page, 'How long does delivery take?');
    await expect(page.getByText(down)).toBeVisible();
    await expect(page.getByText('Your question is kept.')).toBeVisible();
    await shop.startBackend();
    await expect(page.getByText('Did this help?')).toHaveCount(2, { timeout: backMs });
    await expect(page.getByText(down)).toBeHidden();
    await expect(page.getByRole('status').filter({ hasText: 'The shop is back.' })).toHaveCount(1);
    problems.length = 0;
  });
});

test('a backend that is down when the page is opened is said, and no more once it is up', async ({
  page,
  problems,
}) => {
  await withShop({}, async (shop) => {
    await shop.killBackend();
    await expect.poll(async () => (await fetch(`${shop.url}/health/ready`)).status).toBe(503);
    await page.goto(shop.url);
    await expect(page.getByText(down)).toBeVisible();
    await expect(page.getByRole('heading', { name: 'What are you looking for?' })).toBeVisible();
    await shop.startBackend();
    await expect(page.getByText(down)).toBeHidden({ timeout: backMs });
    problems.length = 0;
  });
});

test('whoever asks too often is told when it goes on', async ({ page, problems }) => {
  await withShop({ RATE_LIMIT_PER_MINUTE: '1' }, async (shop) => {
    await page.goto(shop.url);
    await ask(page, 'Can I send a product back?');
    await expect(page.getByText('Did this help?')).toBeVisible();
    await ask(page, 'How long does delivery take?');
    await expect(
      page.getByText(/You have asked a lot in a short time\. We ask your question again in \d+ seconds?\./),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Do not ask' }).click();
    await expect(page.getByText('Stopped.', { exact: true })).toBeVisible();
    await expect(page.getByLabel('Your question')).toBeFocused();
    problems.length = 0;
  });
});

test('a limited question is asked again by itself when its time has come', async ({ page, backend, problems }) => {
  backend.script = ({ refuse }) => {
    backend.script = answering(returnsAnswer);
    refuse(429, 'rate_limited', { 'retry-after': '1' });
  };
  await page.goto('/');
  await ask(page);
  await expect(page.getByRole('main').getByText('within 30 days')).toBeVisible();
  problems.length = 0;
});

test('offline: said at once, the question waits for the connection', async ({ page, backend, context, problems }) => {
  backend.script = answering(returnsAnswer);
  await page.goto('/');
  await context.setOffline(true);
  await expect(page.getByText('You are offline.')).toBeVisible();
  await ask(page);
  await expect(page.getByText('We ask it as soon as you are online again.')).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByRole('main').getByText('within 30 days')).toBeVisible();
  await expect(page.getByText('You are offline.')).toBeHidden();
  problems.length = 0;
});
