import { answering } from './support/scripted-backend.ts';
import { backpackAnswer, returnsAnswer } from './support/states.ts';
import { expect, test } from './support/test.ts';

test('everything can be done without a mouse, and the focus is never lost', async ({ page, backend }) => {
  const { keyboard } = page;
  const box = page.getByLabel('Your question');
  backend.script = answering(backpackAnswer);
  await page.goto('/');
  // A key that is pressed before there is anything to focus goes nowhere.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the question box' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(box).toBeFocused();

  await keyboard.type('A backpack');
  await keyboard.press('Shift+Enter');
  await keyboard.type('for the train');
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'A backpack for the train' })).toBeVisible();
  await expect(page.getByText('Did this help?')).toBeVisible();
  await expect(box).toBeFocused();

  const card = page.getByRole('heading', { name: 'Nomad Backpack' }).getByRole('button');
  await card.focus();
  await keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Nomad Backpack 24 l' });
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeFocused();
  await expect(dialog.getByText('Waterproof zips')).toBeVisible();
  await keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(card).toBeFocused();

  await page.getByRole('button', { name: 'Yes, this helped' }).press('Space');
  await expect(page.getByRole('button', { name: 'Yes, this helped' })).toBeFocused();
  await expect.poll(() => backend.feedback).toEqual([{ sessionId: expect.any(String), helpful: true }]);

  backend.script = answering(returnsAnswer);
  await page.getByRole('button', { name: 'How long does delivery take?' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'How long does delivery take?' })).toBeFocused();
  const source = page.getByRole('button', { name: 'Returns', exact: true });
  await source.press('Enter');
  await expect(source).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByText('This answer is taken from the page Returns')).toBeVisible();

  await page.getByRole('button', { name: 'Start over' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'What are you looking for?' })).toBeVisible();
  await expect(box).toBeFocused();
});

test('a rating that is not saved is taken back', async ({ page, backend, problems }) => {
  backend.script = answering(backpackAnswer);
  backend.feedbackWorks = false;
  await page.goto('/');
  await page.getByRole('button', { name: 'A backpack for my laptop under 150 euro' }).click();
  const no = page.getByRole('button', { name: 'No, this did not help' });
  await no.click();
  await expect(page.getByRole('alert')).toHaveText('That was not saved. Please try again.');
  await expect(no).toHaveAttribute('aria-pressed', 'false');
  problems.length = 0;
});
