import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

test('the palette finds pages and actions by keyboard, and gives the focus back', async ({
  launchApp,
  smallProject,
}, info) => {
  const { page, problems } = await launchApp({ directory: smallProject });
  const palette = page.getByRole('dialog', { name: 'Commands' });
  const field = palette.getByRole('combobox', { name: 'Commands' });
  const options = palette.getByRole('option');
  const active = palette.getByRole('option', { selected: true });
  await expect(page.getByRole('button', { name: 'Build', exact: true })).toBeEnabled();

  const find = page.getByRole('button', { name: /^Find/ });
  await find.focus();
  await page.keyboard.press('Control+k');
  await expect(field).toBeFocused();
  await expect(palette.getByRole('option', { name: /^Start/ })).toBeEnabled();
  await expect(palette.getByRole('option', { name: /^Stop/ })).toContainText('Nothing runs');
  await look(page, info.outputPath('palette'));

  const count = await options.count();
  await page.keyboard.press('End');
  await expect(options.nth(count - 1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Home');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await expect(active).toHaveCount(1);
  expect(await field.getAttribute('aria-activedescendant')).toBe(await options.first().getAttribute('id'));
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  await expect(find).toBeFocused();

  await find.click();
  await field.fill('no such thing at all');
  await expect(palette.getByText('Nothing is called that.')).toBeVisible();
  await field.fill('stop');
  await page.keyboard.press('Enter');
  await expect(palette).toBeVisible();
  await field.fill('logs of web');
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(page).toHaveURL(/#\/logs\?.*services=/);
  expect(problems).toEqual([]);
});

test('keys lead to pages, to the search and to their own list, but not while something is typed', async ({
  launchApp,
  smallProject,
}, info) => {
  const { page, problems } = await launchApp({ directory: smallProject });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  const search = page.getByRole('searchbox', { name: 'Search logs' });
  await expect(search).toBeVisible();
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await page.keyboard.type('g?h/');
  await expect(search).toHaveValue('g?h/');
  await expect(page).toHaveURL(/#\/logs/);
  await search.fill('');
  await search.blur();

  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help.getByText('Go to Releases')).toBeVisible();
  await look(page, info.outputPath('shortcuts'));
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page).toHaveURL(/#\/logs/);
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible();
  expect(problems).toEqual([]);
});

test('the tour leads through four pages once, and comes back when it is asked for', async ({
  launchApp,
  smallProject,
}, info) => {
  const { page, problems } = await launchApp({ directory: smallProject });
  const tour = page.getByRole('region', { name: 'This page says how your stack is' });
  const next = page.getByRole('button', { name: 'Next step' });
  await expect(tour).toBeVisible();
  await look(page, info.outputPath('tour'));
  await next.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Logs' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Releases' })).toBeVisible();
  await expect(page.getByText('4 of 4')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('4 of 4')).toBeHidden();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Releases' })).toBeVisible();
  await expect(next).toBeHidden();

  await page.keyboard.press('?');
  await page.getByRole('button', { name: 'Take the tour' }).click();
  await expect(tour).toBeVisible();
  await next.focus();
  await page.keyboard.press('Escape');
  await expect(tour).toBeHidden();
  expect(problems).toEqual([]);
});
