export { allowedCall, allowedCalls } from './allowed-calls.ts';
export { atLeast } from './api-version.ts';
export { connect } from './connect.ts';
export { resolveEndpoint } from './endpoint/resolve-endpoint.ts';
export { type Guard, guarded, refuseForeign } from './guard.ts';
export { Demultiplexer } from './logs/demux.ts';
export { familiarName, type ImageReference, parseReference } from './registry/reference.ts';
export { registryName } from './registry/registry-key.ts';
export type * from './types.ts';
