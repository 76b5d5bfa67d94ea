export { acquireLock } from './lock.ts';
export { createSeal } from './records/seal.ts';
export { createStore } from './records/store.ts';
export { createRegistry } from './registry/registry.ts';
export { createReleases, type Releases } from './releases.ts';
