import type { en } from '../en/index.ts';
import activity from './activity.json';
import app from './app.json';
import builds from './builds.json';
import configuration from './configuration.json';
import diagnostics from './diagnostics.json';
import health from './health.json';
import logs from './logs.json';
import preflight from './preflight.json';
import releases from './releases.json';
import settings from './settings.json';
import stack from './stack.json';
import ui from './ui.json';

/** What the page says in German, by the part of it that says so. */
export const de = {
  activity,
  app,
  builds,
  configuration,
  diagnostics,
  health,
  logs,
  preflight,
  releases,
  settings,
  stack,
  ui,
} satisfies typeof en;
