import type { Page } from '@playwright/test';
import { doors } from './doors.ts';
import { scenes } from './scenes.ts';

/** Takes the pictures of what is shown now; `part` is added to the name of the scene. */
export type Look = (part?: string) => Promise<void>;
/** Leads through what there is to see in a scene. */
export type Visit = (page: Page, look: Look) => Promise<void>;

const open = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click();
const press = (page: Page, name: string | RegExp, index = 0) =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .nth(index)
    .click();

const stack: Visit = (_page, look) => look();
const pageOf =
  (name: string): Visit =>
  async (page, look) => {
    await open(page, name);
    await look();
  };

/** Each page of a stack that is well. */
const healthy: Visit = async (page, look) => {
  await look('stack');
  for (const name of ['Logs', 'Health', 'Releases', 'Activity']) {
    await open(page, name);
    await look(name.toLowerCase());
  }
  await open(page, 'Builds');
  await look('builds');
};

const changed: Visit = async (page, look) => {
  await look();
  await press(page, 'Apply changes');
  await look('plan');
};

const preflight: Visit = async (page, look) => {
  await press(page, 'Start');
  await page.getByText('Port 8000 is taken').waitFor();
  await look();
};

const releases: Visit = async (page, look) => {
  await open(page, 'Releases');
  await look();
  for (const [index, name] of ['rollback', 'schema'].entries()) {
    await press(page, 'Roll back', index);
    await look(name);
    await page.keyboard.press('Escape');
  }
  await press(page, 'Deploy');
  await look('deploy');
};

/** What the policy refuses: in the lists, in detail, and when it is to be deployed all the same. */
const refused: Visit = async (page, look) => {
  await open(page, 'Releases');
  await look();
  const versions = page.getByRole('list', { name: 'Versions in the registry' });
  await versions.getByText('How its images were verified').first().click();
  await look('details');
  await press(page, 'Deploy');
  await page.getByRole('dialog').getByText('How its images were verified').click();
  await look('deploy');
};

const logs: Visit = async (page, look) => {
  await open(page, 'Logs');
  await look();
  await page.getByRole('searchbox', { name: 'Search logs' }).fill('timeout');
  await page.getByRole('row').nth(5).click();
  await look('detail');
};

/** A search through more than can be read in one go. */
const deepLogs: Visit = async (page, look) => {
  await open(page, 'Logs');
  await page.getByRole('searchbox', { name: 'Search logs' }).fill('nowhere');
  await page.getByText('No line matches').waitFor();
  await look('none');
  await press(page, 'Search older lines');
  await page.getByText('Searching for a match').waitFor();
  await look('searching');
  await page.getByText('Nothing back to').waitFor();
  await look('looked');
};

/** Each part of the page, and what opens in it. */
const configuration: Visit = async (page, look) => {
  await open(page, 'Configuration');
  await press(page, 'Show the value of API_TOKEN');
  await page.getByText('Used in 2 places').click();
  await look('variables');
  await press(page, 'Add variable');
  await look('add');
  await page.keyboard.press('Escape');
  await press(page, 'Earlier versions');
  await look('history');
  await press(page, 'Restore');
  await look('review');
  await press(page, 'Save');
  await press(page, 'Edit as text');
  await look('text');
  await press(page, 'Close');
  for (const part of ['Resolved', 'Differences', 'Environments']) {
    await page.getByRole('radio', { name: part }).check({ force: true });
    await look(part.toLowerCase());
  }
};

/** What opens over the page, and the tour. */
const alarm: Visit = async (page, look) => {
  await page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Show' }).first().waitFor();
  await look('toast');
  await press(page, /^Notifications/);
  await look('bell');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await look('palette');
  await page.keyboard.type('res');
  await look('found');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await look('shortcuts');
  await press(page, 'Take the tour');
  await look('tour');
};

/** What somebody may not do stands there, disabled, with the reason in its tooltip. */
const viewer: Visit = async (page, look) => {
  await page.getByRole('button', { name: 'Stop', exact: true }).hover({ force: true });
  await look('stack');
  for (const name of ['Builds', 'Releases', 'Configuration', 'Settings', 'Diagnostics']) {
    await open(page, name);
    await look(name.toLowerCase());
  }
};

const signIn: Visit = async (page, look) => {
  await look();
  await page.getByLabel('User name').fill('mina');
  await page.getByLabel('Password').fill('not this one');
  await press(page, 'Sign in');
  await page.getByRole('alert').getByText(/./).waitFor();
  await look('refused');
};

const atProvider: Visit = async (page, look) => {
  await look();
  await press(page, 'Sign in with Example');
  await page.getByRole('alert').getByText(/./).waitFor();
  await look('refused');
};

const risks: Visit = async (page, look) => {
  await press(page, 'Start');
  await page.getByRole('dialog').getByRole('textbox').waitFor();
  await look();
  await page.getByRole('dialog').getByRole('textbox').fill('shop-dev');
  await look('agreed');
};

const logins: Visit = async (page, look) => {
  await open(page, 'Settings');
  const card = page.getByRole('region', { name: 'Registry logins' });
  await card.getByLabel('Registry', { exact: true }).fill('ghcr.io');
  await card.getByLabel('User name at the registry').fill('mina');
  await card.getByLabel('Password or access token').fill('wrong');
  await card.scrollIntoViewIfNeeded();
  await look();
  await press(page, 'Sign in');
  await card.getByText('does not accept').waitFor();
  await look('refused');
};

const diagnostics: Visit = async (page, look) => {
  await open(page, 'Diagnostics');
  await page.getByRole('button', { name: /^about\.txt/ }).waitFor();
  await look();
  await press(page, /^logs\/backend\.log/);
  await look('log');
};

/** Each page in the other language. */
const german: Visit = async (page, look) => {
  await page.getByRole('link', { name: 'Gesundheit' }).waitFor();
  const links = page.getByRole('navigation', { name: 'Seiten' }).getByRole('link');
  for (const [index, link] of (await links.all()).entries()) {
    await link.click();
    await look(`${index + 1}`);
  }
};

/** What the gallery shows behind a button: one of each is enough, as their states differ in what is in them. */
export const visitGallery: Visit = async (page, look) => {
  const shelf = (name: string) => page.getByRole('region', { name, exact: true }).getByRole('button').first();
  for (const [name, role] of [
    ['menu', 'menu'],
    ['popover', 'dialog'],
    ['dialog', 'dialog'],
    ['palette', 'dialog'],
  ] as const) {
    await shelf(name).click();
    await page.getByRole(role).waitFor();
    await look(name);
    await page.keyboard.press('Escape');
    await page.getByRole(role).waitFor({ state: 'detached' });
  }
};

const own: Readonly<Record<string, Visit>> = {
  healthy,
  changed,
  preflight,
  releases,
  'releases-refused': refused,
  configuration,
  alarm,
  german,
  logs50k: logs,
  'logs-deep': deepLogs,
  busy: pageOf('Logs'),
  empty: async (page, look) => {
    await look('stack');
    await pageOf('Logs')(page, () => look('logs'));
  },
  settings: pageOf('Settings'),
  'german-trouble': german,
  viewer,
  risks,
  logins,
  diagnostics,
  'sign-in': signIn,
  'sign-in-both': signIn,
  'sign-in-provider': atProvider,
};

/** What is looked at in each scene, by its name. `unknown` is no scene: it shows a link that is not good any more. */
export const visits: Readonly<Record<string, Visit>> = Object.fromEntries(
  [...Object.keys(scenes), ...Object.keys(doors), 'unknown'].map((name) => [
    name,
    own[name] ?? (name.startsWith('releases-') ? pageOf('Releases') : stack),
  ]),
);
