export { parseDuration } from './format/duration.ts';
export { dependencyOrder } from './graph/order.ts';
export { networkHash, type ResolveContainer, serviceHash, volumeHash } from './hash/hash.ts';
export { hashProfileOf } from './hash/profile.ts';
export { loadModel } from './load.ts';
export type * from './model.ts';
export { parseYamlDocument } from './parse/settings.ts';
export { normalizeProjectName } from './project/name.ts';
export { configJson, configYaml } from './render/config.ts';
