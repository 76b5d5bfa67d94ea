import { type ContractRouterClient, eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { admin, operator, user, viewer } from './access.ts';
import { activityCheck, activityPage, activityQuery } from './activity.ts';
import { buildRecord, buildSummary } from './builds.ts';
import {
  envBackup,
  envChangeRequest,
  envDraft,
  envForm,
  envSaved,
  envText,
  resolvedModel,
  serviceDifference,
  variablesView,
} from './configuration.ts';
import { diagnosticsBundle, diagnosticsQuery } from './diagnostics.ts';
import { engineState } from './engine.ts';
import { healthState } from './health.ts';
import {
  logCheck,
  logCounts,
  logCountsQuery,
  logExportPage,
  logExportQuery,
  logFilter,
  logFrame,
  logNewErrors,
  logPage,
  logQuery,
  logStreamQuery,
} from './logs.ts';
import { action, operationFrame, operationSummary, plan } from './operation.ts';
import { preflightReport } from './preflight.ts';
import { environment, otherProject, project } from './project.ts';
import { registryDomain, registryLoginRequest, registryLogins } from './registry.ts';
import { release, releaseComparison, remoteReleases, verification } from './releases.ts';
import { sessionView } from './sessions.ts';
import { settingsChange, settingsView } from './settings.ts';
import { lastWords, stackState } from './stack.ts';
import { stackUsage, usagePace } from './usage.ts';

const inEnvironment = z.object({ environment: z.string() });
const ofEnvFile = inEnvironment.extend({ file: z.string() });

/** Which build of which host answers. */
export const hello = z.object({
  version: z.string(),
  host: z.enum(['electron', 'web', 'cli', 'test']),
  startedAt: z.string(),
  /** Who it answers, and what they may do. */
  user,
});
export type Hello = z.infer<typeof hello>;

/** Languages in which the core can say what it says, besides its own, which is English. */
const sentencesLanguage = z.enum(['de']);
export type SentencesLanguage = z.infer<typeof sentencesLanguage>;

/** The resolved model as `docker compose config --format json` prints it, or as YAML text. */
export const configView = z.object({
  json: z.string(),
  yaml: z.string(),
  warnings: z.array(z.string()),
  hashes: z.record(z.string(), z.string()),
});

export type ConfigView = z.infer<typeof configView>;

/**
 * All that panel and core agree on; each procedure begins with the role that it needs. Streams send a first frame at once and end
 * only when either side closes them.
 */
export const contract = {
  system: {
    hello: viewer.output(hello),
    /** What the core says, by its English text with numbered places: `The name {0} is taken.` */
    sentences: viewer.input(z.object({ language: sentencesLanguage })).output(z.record(z.string(), z.string())),
  },
  engine: { watch: viewer.output(eventIterator(engineState)) },
  project: {
    get: viewer.output(project),
    /** Compose projects on the engine that are not of this folder. */
    others: viewer.output(z.array(otherProject)),
    watchOthers: viewer.output(eventIterator(z.array(otherProject))),
    /** By id: of this folder, or of a project that is not. */
    environment: viewer.input(inEnvironment).output(environment),
  },
  stack: {
    get: viewer.input(inEnvironment).output(stackState),
    watch: viewer.input(inEnvironment).output(eventIterator(stackState)),
    plan: viewer.input(inEnvironment.extend({ action })).output(plan),
    /** Nothing is read while nobody listens. */
    usage: viewer.input(inEnvironment.extend({ pace: usagePace })).output(eventIterator(stackUsage)),
    lastWords: viewer.input(inEnvironment.extend({ service: z.string() })).output(lastWords),
  },
  health: { watch: viewer.input(inEnvironment).output(eventIterator(healthState)) },
  operation: {
    start: operator.input(inEnvironment.extend({ action })).output(operationSummary),
    /** Replays the operation from its first event, so that progress can be left and come back to. */
    watch: viewer.input(z.object({ id: z.string() })).output(eventIterator(operationFrame)),
    cancel: operator.input(z.object({ id: z.string() })).output(operationSummary),
    list: viewer.input(inEnvironment).output(z.array(operationSummary)),
  },
  builds: {
    /** Newest first. */
    list: viewer.input(inEnvironment).output(z.array(buildSummary)),
    watch: viewer.input(inEnvironment).output(eventIterator(z.array(buildSummary))),
    get: viewer.input(inEnvironment.extend({ id: z.string().max(200) })).output(buildRecord),
  },
  releases: {
    list: viewer.input(inEnvironment).output(z.array(release)),
    remote: viewer.input(inEnvironment).output(remoteReleases),
    verify: viewer.input(inEnvironment).output(verification),
    /** `from`, `to`: ids or versions, `to` also one that is only in the registry; absent `from` = the current release. */
    compare: viewer
      .input(inEnvironment.extend({ from: z.string().min(1).optional(), to: z.string().min(1) }))
      .output(releaseComparison),
    recover: operator.input(inEnvironment).output(z.object({ sentence: z.string().optional() })),
  },
  logs: {
    read: viewer.input(logQuery).output(logPage),
    check: viewer.input(z.object({ filter: logFilter })).output(logCheck),
    counts: viewer.input(logCountsQuery).output(logCounts),
    newErrors: viewer.input(inEnvironment).output(logNewErrors),
    export: viewer.input(logExportQuery).output(logExportPage),
    stream: viewer.input(logStreamQuery).output(eventIterator(logFrame)),
  },
  activity: {
    list: viewer.input(activityQuery).output(activityPage),
    watch: viewer.input(activityQuery).output(eventIterator(activityPage)),
    verify: viewer.output(activityCheck),
  },
  preflight: { run: viewer.input(inEnvironment).output(preflightReport) },
  /** What is handed to whoever helps, to be looked through before it is saved; nothing is written. */
  diagnostics: { collect: admin.input(diagnosticsQuery).output(diagnosticsBundle) },
  config: {
    /** Values whose names say that they are secret are masked unless `reveal` asks for them. */
    show: viewer.input(inEnvironment.extend({ reveal: z.boolean().default(false) })).output(configView),
  },
  configuration: {
    /** Every variable that the files use or set; secrets masked. */
    variables: viewer.input(inEnvironment).output(variablesView),
    /** The value of one variable as it is; that it was looked at is written down. */
    reveal: admin.input(inEnvironment.extend({ name: z.string() })).output(z.object({ value: z.string() })),
    text: viewer.input(ofEnvFile.extend({ reveal: z.boolean().default(false) })).output(envText),
    /** What a change would do; changes nothing. */
    draft: admin.input(envChangeRequest).output(envDraft),
    save: admin.input(envChangeRequest).output(envSaved),
    /** What the file was before the last saves, newest first. */
    backups: viewer.input(ofEnvFile).output(z.array(envBackup)),
    /** The example as a form; refused where there is none. */
    form: viewer.input(inEnvironment).output(envForm),
    resolved: viewer.input(inEnvironment).output(resolvedModel),
    /** What runs otherwise than the files say, by service. */
    differences: viewer.input(inEnvironment).output(z.array(serviceDifference)),
  },
  /** Who is in the panel of the web host; other hosts have no sessions. */
  sessions: {
    /** Own ones; for an admin all. */
    list: viewer.output(z.array(sessionView)),
    /** Ends one, with its connections, at once; of others only by an admin. */
    end: viewer.input(z.object({ id: z.string().max(64) })).output(z.object({})),
  },
  registry: {
    /** For which registries there are logins, and where each comes from. */
    logins: viewer.output(registryLogins),
    /** Kept only where the registry accepts it. */
    login: admin.input(registryLoginRequest).output(registryLogins),
    /** Of those that were made by `login`. */
    logout: admin.input(z.object({ domain: registryDomain })).output(registryLogins),
  },
  /** What was chosen for the panel on this account, whichever project it shows. */
  settings: {
    watch: viewer.output(eventIterator(settingsView)),
    set: admin.input(settingsChange).output(settingsView),
  },
};
export type Contract = typeof contract;

/** What a caller of the core holds, whichever transport carries it. */
export type CoreClient = ContractRouterClient<Contract>;
