export { type ActivityLog, createActivityLog, type NewActivity } from './activity/log.ts';
export { type BuildStore, createBuildStore } from './builds/store.ts';
export { findComposeVersion, newestKnownCompose } from './compose-cli.ts';
export { findEnvExample } from './env-example.ts';
export { type FoundEnvironment, findEnvironments } from './environments.ts';
export { withFileLock } from './file-lock.ts';
export { readJson, writeJson } from './json-file.ts';
export { createSettingsStore, type SettingsStore } from './settings.ts';
export { stateDirectory } from './state-directory.ts';
