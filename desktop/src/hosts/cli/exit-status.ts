import type { ErrorCode } from '#contract/index.ts';

/** Exit status of the command; part of its stable face. */
export const exitStatus = { done: 0, failed: 1, usage: 2, preflight: 3, busy: 6, noEngine: 7 } as const;

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
    case 'USAGE':
      return exitStatus.usage;
    case 'PREFLIGHT_REFUSED':
      return exitStatus.preflight;
    case 'OPERATION_BUSY':
      return exitStatus.busy;
    default:
      return exitStatus.failed;
  }
}
