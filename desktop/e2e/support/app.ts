import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { DoubleRequest } from '#testing/electron-double/control.ts';

/** What carries the core in a run: see the projects of playwright.config.ts. */
export type Driver = 'web' | 'double' | 'electron';

export interface LaunchOptions {
  /** Project folder that the panel shows. */
  readonly directory: string;
  /** Added to the environment of the host, such as DOCKER_HOST. */
  readonly env?: Readonly<Record<string, string>>;
  /** More arguments of the host. */
  readonly args?: readonly string[];
}

/** What the app asked of the desktop around it; only the double records this. */
export interface DesktopCall {
  readonly api: string;
  readonly args: readonly unknown[];
}

export interface RunningApp {
  readonly page: Page;
  /** Errors in the console, violations of the page's policy, exceptions. A test that expects none checks that it is empty. */
  readonly problems: readonly string[];
  readonly calls: readonly DesktopCall[];
  /** Process of the core; only the web host has it in one. */
  readonly pid?: number | undefined;
  /** What the host has written to its outputs so far. */
  readonly output: () => string;
  /** What happens around the app, such as a click in its menu, or to its engine process; only the double can. */
  readonly desktop: (request: DoubleRequest) => void;
  /** Ends the app as its user would; throws when it does not end by itself. */
  readonly close: () => Promise<void>;
}

/** Folder of the desktop workspace. */
export const desktopFolder = join(import.meta.dirname, '..', '..');

/** A file of the build. */
export function built(...path: string[]): string {
  const file = join(desktopFolder, 'out', ...path);
  if (!existsSync(file)) throw new Error(`${file} is missing: run "npm run build" first.`);
  return file;
}

/** The environment for a host: the one of the test run, without what would change how Node runs it. */
export function hostEnvironment(added: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { NODE_OPTIONS: _options, FORCE_COLOR: _colour, ...rest } = process.env;
  const kept = Object.entries(rest).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(kept), ...added };
}

/** Collects what must not happen in a page. */
export function collectProblems(page: Page, problems: string[]): void {
  page.on('console', (entry) => {
    if (entry.type() === 'error') problems.push(entry.text());
  });
  page.on('pageerror', (error) => {
    problems.push(error.message);
  });
}
