import type { Page } from '@playwright/test';
import { addressOf } from './doors.ts';
import { stillNow } from './still-panel.ts';

/** Something to see in a scene. */
export interface View {
  readonly scene: string;
  /** Leads there from where the scene begins, and waits until it is there. */
  readonly lead: (page: Page) => Promise<void>;
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).first();
const shows = (page: Page, text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor();

async function open(page: Page, name: string, text: string | RegExp): Promise<void> {
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await shows(page, text);
}

const seen =
  (text: string | RegExp): View['lead'] =>
  (page) =>
    shows(page, text);

const opened =
  (name: string, text: string | RegExp): View['lead'] =>
  (page) =>
    open(page, name, text);

async function logins(page: Page): Promise<void> {
  await open(page, 'Settings', 'The engine answers.');
  await page.getByRole('region', { name: 'Registry logins' }).scrollIntoViewIfNeeded();
}

async function logs(page: Page): Promise<void> {
  await open(page, 'Logs', /lines held/);
  await shows(page, /^[1-9]\d* errors$/);
}

/** Of the figures of five minutes the last one to come. */
const lastMemory = '117.5 MB';

/** What the guide shows pictures of, by name. */
export const views = {
  stack: { scene: 'healthy', lead: seen(lastMemory) },
  preflight: {
    scene: 'preflight',
    lead: async (page) => {
      await button(page, 'Start').click();
      await shows(page, 'Port 8000 is taken');
    },
  },
  agreement: {
    scene: 'risks',
    lead: async (page) => {
      await button(page, 'Start').click();
      await page.getByRole('dialog').getByRole('textbox').waitFor();
    },
  },
  start: { scene: 'build', lead: seen('RUN npm run build') },
  plan: {
    scene: 'changed',
    lead: async (page) => {
      await button(page, 'Apply changes').click();
      await page.getByRole('dialog').getByRole('button', { name: 'Apply changes' }).waitFor();
    },
  },
  waiting: { scene: 'chained', lead: seen('waits for backend to be healthy') },
  find: {
    scene: 'healthy',
    lead: async (page) => {
      await shows(page, lastMemory);
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog', { name: 'Commands' }).getByRole('option').first().waitFor();
    },
  },
  logs: { scene: 'healthy', lead: logs },
  request: {
    scene: 'healthy',
    lead: async (page) => {
      await logs(page);
      // By name: the rows take turns over their elements, so that the first in the document may be any.
      await button(page, 'req-7f3a990').click();
      await shows(page, /^3 lines of 2 services/);
    },
  },
  health: { scene: 'healthy', lead: opened('Health', 'vector_store') },
  releases: { scene: 'releases', lead: opened('Releases', 'Fix currency rounding in answers') },
  rollback: {
    scene: 'releases',
    lead: async (page) => {
      await open(page, 'Releases', 'Fix currency rounding in answers');
      await button(page, 'Roll back').click();
      await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).waitFor();
    },
  },
  builds: { scene: 'healthy', lead: opened('Builds', 'docker/frontend.Dockerfile') },
  configuration: { scene: 'configuration', lead: opened('Configuration', 'OPENAI_API_KEY') },
  activity: { scene: 'healthy', lead: opened('Activity', /deploy@runner/) },
  logins: { scene: 'logins', lead: logins },
  diagnostics: { scene: 'diagnostics', lead: opened('Diagnostics', 'logs/backend.log') },
  'sign-in': { scene: 'sign-in-both', lead: seen('Sign in with Example') },
} as const satisfies Record<string, View>;

/** What is compared with how it looked before: those, and what the guide tells without a picture. */
export const comparedViews = {
  ...views,
  menu: {
    scene: 'healthy',
    lead: async (page) => {
      await shows(page, lastMemory);
      await button(page, 'Actions for backend').click();
      await page.getByRole('menu').waitFor();
    },
  },
  narrow: {
    scene: 'healthy',
    lead: async (page) => {
      await page.setViewportSize({ width: 360, height: 800 });
      await logs(page);
      await page.getByRole('searchbox', { name: 'Search logs' }).fill('completed');
      await shows(page, /matches$/);
    },
  },
} as const satisfies Record<string, View>;

export const comparedNames = Object.keys(comparedViews) as (keyof typeof comparedViews)[];

export type ViewName = keyof typeof views;

export const viewNames = Object.keys(views) as ViewName[];

/** Opens a view of a panel in which time stands still, in a page that has shown nothing yet. */
export async function showView(page: Page, port: number, { scene, lead }: View): Promise<void> {
  await page.clock.setFixedTime(stillNow);
  await page.goto(addressOf(port, scene));
  await page.locator('main').first().waitFor();
  await lead(page);
}
