import type { EndOutcome, ErrorCode } from '#contract/index.ts';

/** Exit status of the command; part of its stable face. */
export const exitStatus = {
  done: 0,
  failed: 1,
  usage: 2,
  preflight: 3,
  restored: 4,
  unrestored: 5,
  busy: 6,
  noEngine: 7,
} as const;

/** The exit status of an operation that ended. */
export function statusOfEnd(outcome: EndOutcome, code: ErrorCode | undefined): number {
  if (outcome === 'done' || outcome === 'restored' || outcome === 'unrestored') return exitStatus[outcome];
  return code === undefined ? exitStatus.failed : statusOf(code);
}

/** The exit status that an error code stands for. */
export function statusOf(code: ErrorCode): number {
  switch (code) {
    case 'ENGINE_DOWN':
    case 'ENGINE_PERMISSION':
    case 'ENGINE_STARTING':
    case 'ENGINE_TOO_OLD':
    case 'ENGINE_ENDPOINT':
    case 'ENGINE_TIMEOUT':
      return exitStatus.noEngine;
    case 'PROJECT_NOT_FOUND':
    case 'ENVIRONMENT_NOT_FOUND':
    case 'COMPOSE_INVALID':
    case 'COMPOSE_UNSUPPORTED':
    case 'VARIABLE_MISSING':
    case 'SERVICE_NOT_FOUND':
    case 'FILE_REFUSED':
    case 'USAGE':
      return exitStatus.usage;
    case 'PREFLIGHT_REFUSED':
    case 'POLICY_REFUSED':
    case 'IMAGE_UNTRUSTED':
    case 'RELEASE_SCHEMA':
      return exitStatus.preflight;
    case 'OPERATION_BUSY':
    case 'RELEASE_LOCKED':
      return exitStatus.busy;
    default:
      return exitStatus.failed;
  }
}
