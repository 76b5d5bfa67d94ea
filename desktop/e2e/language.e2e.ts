import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

test('the panel speaks the language that is chosen, at once and from the first frame of the next time', async ({
  launchApp,
  smallProject,
}, info) => {
  const { page, problems } = await launchApp({ directory: smallProject });
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  const language = (group: string, name: string) =>
    page.getByRole('group', { name: group }).getByRole('radio', { name });
  const spoken = page.locator('html');
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(heading('Settings')).toBeVisible();
  await expect(spoken).toHaveAttribute('lang', 'en');

  const half = page.getByRole('textbox', { name: 'User name at the registry' });
  await half.fill('half filled in');
  // Not `check`, which looks afterwards for what is called something else by then.
  await language('Language', 'Deutsch').click({ force: true });
  await expect(heading('Einstellungen')).toBeVisible();
  await expect(spoken).toHaveAttribute('lang', 'de');
  await expect(language('Sprache', 'Deutsch')).toBeChecked();
  await expect(language('Sprache', 'Deutsch')).toBeFocused();
  await expect(page.getByRole('textbox', { name: 'Benutzername bei der Registry' })).toHaveValue('half filled in');
  for (const name of ['Gesundheit', 'Konfiguration', 'Verlauf', 'Einstellungen']) {
    await expect(page.getByRole('link', { name })).toBeVisible();
  }
  await look(page, info.outputPath('settings'));

  // What the core says is told in it too.
  await page.getByRole('link', { name: 'Stack', exact: true }).click();
  await expect(page.getByText('Noch nicht gestartet').first()).toBeVisible();
  await expect(page.getByText('Not started yet')).toHaveCount(0);
  await page.getByRole('button', { name: 'Prüfen', exact: true }).click();
  await look(page, info.outputPath('stack'));
  await page.getByRole('link', { name: 'Einstellungen' }).click();

  await page.addInitScript(() => {
    new MutationObserver((_changes, observer) => {
      const drawn = document.getElementById('root')?.firstChild;
      if (drawn === undefined || drawn === null) return;
      observer.disconnect();
      document.documentElement.dataset['first'] = document.documentElement.lang;
    }).observe(document, { childList: true, subtree: true });
  });
  await page.reload();
  await expect(heading('Einstellungen')).toBeVisible();
  await expect(spoken).toHaveAttribute('data-first', 'de');
  await page.getByRole('link', { name: 'Konfiguration' }).click();
  await expect(heading('Konfiguration')).toBeVisible();
  await look(page, info.outputPath('configuration'));

  await page.getByRole('link', { name: 'Einstellungen' }).click();
  await language('Sprache', 'Deutsch').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(heading('Settings')).toBeVisible();
  await expect(spoken).toHaveAttribute('lang', 'en');
  await expect(language('Language', 'English')).toBeFocused();
  await page.reload();
  await expect(heading('Settings')).toBeVisible();
  await expect(spoken).toHaveAttribute('data-first', 'en');
  expect(problems).toEqual([]);
});
