import { z } from 'zod';
import { problem } from './errors.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'none'] as const;
/** `none` = the line carries no level. */
export const logLevel = z.enum(logLevels);
export type LogLevel = z.infer<typeof logLevel>;

/** One log line as the container wrote it, with what a byte scan found in it. */
export const logLine = z.object({
  /** Position in the merged order of this project's store; grows, never reused. */
  seq: z.number().int(),
  /** Engine time, RFC 3339 with nanoseconds. */
  time: z.string(),
  service: z.string(),
  container: z.string(),
  stream: z.enum(['stdout', 'stderr', 'marker']),
  level: logLevel,
  /** The line without its timestamp, cut at 16 KiB (`cut` says so), secrets masked. Untrusted text. */
  text: z.string(),
  cut: z.boolean().optional(),
  correlationId: z.string().optional(),
});
export type LogLine = z.infer<typeof logLine>;

/** Characters of the longest query. */
export const longestLogQuery = 1200;

/** Which lines: every given part has to hold. Empty lists mean all. */
export const logFilter = z.object({
  services: z.array(z.string()).default([]),
  levels: z.array(logLevel).default([]),
  /** Text to be found, case-insensitive; `/…/` is a regular expression. */
  search: z.string().max(500).default(''),
  correlationId: z.string().optional(),
  /** A filter by fields, such as `status>=500 path=/api/chat -level=debug`; the user guide has the whole language. */
  query: z.string().max(longestLogQuery).optional(),
  /** Lines from this moment on, and until before that one: a time back from now such as `10m`, or an ISO time. */
  from: z.string().max(100).optional(),
  to: z.string().max(100).optional(),
  /** Lines later than this moment, and up to that one (as in `time`): for who reads on where another read ended. */
  behind: z.string().max(40).optional(),
  upTo: z.string().max(40).optional(),
});
export type LogFilter = z.infer<typeof logFilter>;

/**
 * Pull-style read, so that a slow reader is never flooded and never slows the core: each read acknowledges the one before.
 * With `after`, lines that follow that seq, held open up to `waitMs` until there is one; with `before`, the last `limit`
 * lines before that seq; with neither, the last `limit` lines. Where lines are long fewer of them fill a page, `more` then says so.
 */
export const logQuery = z.object({
  environment: z.string(),
  filter: logFilter.default({ services: [], levels: [], search: '' }),
  after: z.number().int().optional(),
  before: z.number().int().optional(),
  /**
   * With `after`: the last `limit` lines of those that follow, for who shows the end of the log and has no use for what has
   * already gone by; `more` says that others lie between.
   */
  newest: z.boolean().default(false),
  /**
   * With `newest` and without a filter: lines that wait to be put into the order of time are told as well. A read is held open
   * as long as their mark is this one; 0 at first.
   */
  ahead: z.number().int().optional(),
  /**
   * Instead: the last `limit` lines up to this moment (RFC 3339, as in `time`), from the engine's own logs, also those that
   * are held no more. Lines of 100 ms behind it come with them, so that the reader can see where they join what he has; of
   * their `seq` only the order counts.
   */
  backFrom: z.string().max(40).optional(),
  limit: z.number().int().min(1).max(2000).default(500),
  waitMs: z.number().int().min(0).max(25_000).default(0),
  /** Secrets as they are, not masked. */
  reveal: z.boolean().default(false),
});
export type LogQuery = z.infer<typeof logQuery>;

export const logPage = z.object({
  lines: z.array(logLine),
  /** Give this back as `after`. */
  cursor: z.number().int(),
  /** Lines that left the store before this reader saw them. */
  dropped: z.number().int(),
  /** Lines held now, and the time of the oldest. */
  held: z.number().int(),
  since: z.string().optional(),
  /** Lines held per level, over all services, before filtering. */
  counts: z.record(logLevel, z.number().int()),
  /** True where more matching lines were ready than `limit` allowed: later ones, or earlier ones where the newest were read. */
  more: z.boolean(),
  /**
   * Where `backFrom` finds older lines, if there may be any: from there on the lines held (on a page with `backFrom`, those read)
   * are whole. Some that are held may be older still.
   */
  earlier: z.string().optional(),
  /**
   * What will come behind `cursor`, in the order known now: `skipped` lines, then these. Each page tells it anew, and `seq` is
   * final only on a page whose `lines` have it.
   */
  ahead: z.object({ mark: z.number().int(), skipped: z.number().int(), lines: z.array(logLine) }).optional(),
});
export type LogPage = z.infer<typeof logPage>;

/** Every matching line, oldest first: those that only the engine has, and those that the core holds when it begins. */
export const logExportQuery = z.object({
  environment: z.string(),
  filter: logFilter.default({ services: [], levels: [], search: '' }),
  /** Reads on where the page with this id ended; absent = from the beginning. */
  id: z.string().max(100).optional(),
});
export type LogExportQuery = z.infer<typeof logExportQuery>;

export const logExportPage = z.object({
  lines: z.array(logLine),
  /** Some may be missing up to here; a marker among the lines says where. */
  missing: z.boolean(),
  /** For the next page, within a minute; absent on the last. */
  id: z.string().optional(),
});
export type LogExportPage = z.infer<typeof logExportPage>;

/** Whether a filter can be used; `problem` says why not, with `details.at` where the place of the mistake is known. */
export const logCheck = z.object({ problem: problem.optional() });
export type LogCheck = z.infer<typeof logCheck>;

/** How many lines there are over time, in at most `bars` steps of one length. */
export const logCountsQuery = z.object({
  environment: z.string(),
  filter: logFilter.default({ services: [], levels: [], search: '' }),
  bars: z.number().int().min(1).max(500).default(120),
});
export type LogCountsQuery = z.infer<typeof logCountsQuery>;

export const logCounts = z.object({
  /** Length of a step in seconds. */
  step: z.number().int(),
  /** Begin of the first step in seconds since the epoch, and how many steps there are. */
  start: z.number().int(),
  steps: z.number().int(),
  /** Steps that have lines, oldest first: `at` counts steps from the first. */
  filled: z.array(z.object({ at: z.number().int(), levels: z.record(logLevel, z.number().int()) })),
  total: z.number().int(),
});
export type LogCounts = z.infer<typeof logCounts>;

/** Errors of one kind: they differ only in numbers, ids, times and what is quoted. */
export const logErrorKind = z.object({
  service: z.string(),
  /** What the first of them says, secrets masked. Untrusted text. */
  text: z.string(),
  count: z.number().int(),
  /** Engine times, RFC 3339. */
  first: z.string(),
  last: z.string(),
  /** Of the newest line. */
  seq: z.number().int(),
});
export type LogErrorKind = z.infer<typeof logErrorKind>;

/** What the containers that run now log as errors and those that they replaced never did. */
export const logNewErrors = z.object({
  /** When the first of the containers that replaced others was created; absent where none did while this core looked on. */
  since: z.string().optional(),
  /** Version of the release that they belong to, where all say the same. */
  release: z.string().optional(),
  /** The most frequent first, at most a hundred. */
  kinds: z.array(logErrorKind),
  /** How many there are, also those that are not listed. */
  total: z.number().int(),
  /** More kinds were met than are kept in mind: some may be missing here. */
  full: z.boolean(),
});
export type LogNewErrors = z.infer<typeof logNewErrors>;

/** A plain stream of lines in merged order, for the command line: the past first, then, with `follow`, what comes. */
export const logStreamQuery = z.object({
  environment: z.string(),
  filter: logFilter.default({ services: [], levels: [], search: '' }),
  follow: z.boolean().default(false),
  /** Lines per container to begin with; absent = all that the engine holds. */
  tail: z.number().int().min(0).optional(),
  /** Oldest line wanted: a time back from now such as `10m`, an ISO time, or seconds since the epoch. */
  since: z.string().optional(),
  /** Newest line wanted, in the same forms; not with `follow`. */
  until: z.string().optional(),
  /** Secrets as they are, not masked. */
  reveal: z.boolean().default(false),
});
export type LogStreamQuery = z.infer<typeof logStreamQuery>;

export const logFrame = z.object({ lines: z.array(logLine) });
export type LogFrame = z.infer<typeof logFrame>;
