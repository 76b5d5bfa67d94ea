import { z } from 'zod';

/** A whole number within bounds; the text of an environment variable is turned into a number first. */
export const wholeNumber = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value),
    z.number().int().min(min).max(max),
  );

/** Of these, the ones that may come from the environment or a `*_FILE` only, never from a config file. */
export const commonSecrets = ['apiToken'] as const;

/** The settings that every service has. */
export const commonSettings = {
  environment: z
    .enum(['development', 'production'])
    .default('development')
    .describe('Which of the two: also chooses the config file.'),
  appVersion: z.string().optional().describe('Version to report; the image sets it. Unset: the one of package.json.'),
  host: z.string().min(1).default('0.0.0.0').describe('Address to listen on.'),
  logLevel: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('Lines below this level are not written.'),
  healthIntervalMs: wholeNumber(2000, 5000).default(3000).describe('How often dependencies are checked.'),
  healthTimeoutMs: wholeNumber(50, 5000)
    .default(1000)
    .describe('How long one check may take before it counts as failed.'),
  shutdownGraceMs: wholeNumber(0, 60_000)
    .default(8000)
    .describe('How long running requests may take to finish after a stop signal.'),
  drainDelayMs: wholeNumber(0, 10_000)
    .default(1000)
    .describe('How long to go on serving after a stop signal while readiness says no.'),
  logDir: z
    .string()
    .min(1)
    .optional()
    .describe('Folder for log files besides standard output: app, error and access, 5 files of 10 MB each.'),
  adminPort: wholeNumber(0, 65_535).optional().describe('Port of its own for /metrics. Unset: no metrics.'),
  otelExporterOtlpEndpoint: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .optional()
    .describe('Collector that traces are sent to (OTLP over HTTP, base address). Unset: no traces.'),
  trustProxy: wholeNumber(0, 10)
    .default(0)
    .describe('How many proxies in front are believed when they say who the client is.'),
  rateLimitPerMinute: wholeNumber(0, 1_000_000)
    .default(300)
    .describe('Requests to /api that one client may make in a minute; 0 = no limit.'),
  maxRunningRequests: wholeNumber(1, 100_000)
    .default(500)
    .describe('Requests to /api that may run at the same time; more are refused with 503.'),
  maxEventLoopDelayMs: wholeNumber(10, 60_000)
    .default(500)
    .describe('Requests are refused with 503 for a second after the process was this late.'),
  apiToken: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('Secret between frontend and backend. Unset: /api needs none.'),
};

export type CommonConfig = Readonly<z.infer<z.ZodObject<typeof commonSettings>>>;
