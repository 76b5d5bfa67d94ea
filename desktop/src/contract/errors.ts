import { z } from 'zod';

/**
 * Every way in which Quayside can say no. A code is stable: scripts, tests and the panel branch on it; texts may change.
 * The word before the first underscore names the area that raises it.
 */
export const errorCodes = [
  'ENGINE_DOWN',
  'ENGINE_PERMISSION',
  'ENGINE_STARTING',
  'ENGINE_TOO_OLD',
  'ENGINE_TIMEOUT',
  'ENGINE_PROTOCOL',
  'ENGINE_NOT_FOUND',
  'ENGINE_CONFLICT',
  'ENGINE_REFUSED',
  'ENGINE_ENDPOINT',
  'DISK_FULL',
  'PORT_IN_USE',
  'NAME_TAKEN',
  'IMAGE_NOT_FOUND',
  'IMAGE_UNTRUSTED',
  'REGISTRY_LOGIN',
  'REGISTRY_DENIED',
  'REGISTRY_RATE_LIMIT',
  'REGISTRY_UNREACHABLE',
  'REGISTRY_PROTOCOL',
  'RELEASE_NOT_FOUND',
  'RELEASE_UNAVAILABLE',
  'RELEASE_LOCKED',
  'RELEASE_SCHEMA',
  'RELEASE_DRIFT',
  'PROJECT_NOT_FOUND',
  'ENVIRONMENT_NOT_FOUND',
  'COMPOSE_INVALID',
  'COMPOSE_UNSUPPORTED',
  'VARIABLE_MISSING',
  'FILE_CHANGED',
  'FILE_REFUSED',
  'FILE_UNWRITABLE',
  'SETTINGS_UNREADABLE',
  'BUILD_FAILED',
  'SERVICE_UNHEALTHY',
  'SERVICE_NOT_READY',
  'SERVICE_EXITED',
  'SERVICE_NOT_FOUND',
  'WAIT_TIMEOUT',
  'HOOK_FAILED',
  'OPERATION_BUSY',
  'OPERATION_NOT_FOUND',
  'OPERATION_CANCELLED',
  'PREFLIGHT_REFUSED',
  'FORBIDDEN',
  'POLICY_REFUSED',
  'SESSION_NOT_FOUND',
  'PROVIDER_UNREACHABLE',
  'USAGE',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Where in a file an error lies; `line` and `column` count from 1. */
export const sourcePlace = z.object({ file: z.string(), line: z.number().int(), column: z.number().int() });
export type SourcePlace = z.infer<typeof sourcePlace>;

/** What an error looks like on every wire: never a stack. `details` holds JSON values only, and never a secret. */
export const problem = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  remedy: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.infer<typeof problem>;

interface ErrorExtras {
  /** What the reader can do about it, one sentence. */
  remedy?: string | undefined;
  details?: Record<string, unknown> | undefined;
  cause?: unknown;
}

/** The one error class of the core. Anything else that reaches the contract is a defect and is shown as INTERNAL. */
export class QuaysideError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string | undefined;
  readonly details: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, message: string, extras: ErrorExtras = {}) {
    super(message, extras.cause === undefined ? undefined : { cause: extras.cause });
    this.name = 'QuaysideError';
    this.code = code;
    this.remedy = extras.remedy;
    this.details = extras.details;
  }
}

/** Turns anything thrown into what may cross the contract; unknown errors lose everything but their message. */
export function toProblem(error: unknown): Problem {
  if (error instanceof QuaysideError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
      ...(error.details === undefined ? {} : { details: error.details }),
    };
  }
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) };
}
