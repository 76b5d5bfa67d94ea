import { z } from 'zod';
import { problem } from './errors.ts';

/** What the panel tells of by itself. */
export const noticeKinds = ['unhealthy', 'recovered', 'crashing', 'ended', 'locked'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What somebody has chosen for the panel, on this account, whichever project it shows. */
export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** What the panel speaks; what comes from the engine and the compose files stays in English. */
  language: z.enum(['system', 'en', 'de']).default('system'),
  /** Kinds of notifications that are not wanted. */
  muted: z.array(z.enum(noticeKinds)),
  /** Whether they are also shown by the desktop while nobody looks at the panel. */
  desktopNotices: z.boolean().default(false),
  /** Whether long log lines are wrapped where the address does not say. */
  wrapLogs: z.boolean(),
  logClock: z.enum(['local', 'utc']),
  /** Whether the tour was gone through or put away. */
  toured: z.boolean(),
});
export type Settings = z.infer<typeof settings>;

export const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  muted: [],
  desktopNotices: false,
  wrapLogs: false,
  logClock: 'local',
  toured: false,
};

/** Only what is to be another. */
export const settingsChange = z.object({
  theme: settings.shape.theme.exactOptional(),
  language: z.enum(['system', 'en', 'de']).exactOptional(),
  muted: settings.shape.muted.exactOptional(),
  desktopNotices: z.boolean().exactOptional(),
  wrapLogs: settings.shape.wrapLogs.exactOptional(),
  logClock: settings.shape.logClock.exactOptional(),
  toured: settings.shape.toured.exactOptional(),
});
export type SettingsChange = z.infer<typeof settingsChange>;

export const settingsView = z.object({
  settings,
  /** Why what was kept is not in use: it could not be understood, or not be read. */
  problem: problem.optional(),
});
export type SettingsView = z.infer<typeof settingsView>;
