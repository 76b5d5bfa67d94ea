import { say } from '#kit/say.ts';
/** The code of a system's error, empty where it has none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const reasons: Readonly<Record<string, string>> = {
  ENAMETOOLONG: say`its name is too long`,
  ENOTDIR: say`it lies below something that is no folder`,
  ELOOP: say`its symbolic links lead in a circle`,
  ERR_INVALID_ARG_VALUE: say`no file can have this name`,
};

/** Why a file cannot be looked at, in words. */
export const troubleOf = (error: unknown): string => reasons[codeOf(error)] ?? say`you may not look at it`;
