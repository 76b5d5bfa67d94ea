import { type LogLevel, logLevels } from '#contract/index.ts';

/** Levels as small numbers for the columns: the index in the contract's list. */
export type LevelCode = number;

const code = (level: LogLevel): LevelCode => logLevels.indexOf(level);

export const NO_LEVEL: LevelCode = code('none');

const words = new Map<string, LevelCode>(
  Object.entries({
    trace: code('trace'),
    verbose: code('trace'),
    silly: code('trace'),
    debug: code('debug'),
    dbg: code('debug'),
    info: code('info'),
    information: code('info'),
    notice: code('info'),
    warn: code('warn'),
    warning: code('warn'),
    wrn: code('warn'),
    error: code('error'),
    err: code('error'),
    fatal: code('fatal'),
    critical: code('fatal'),
    crit: code('fatal'),
    alert: code('fatal'),
    emergency: code('fatal'),
    emerg: code('fatal'),
    panic: code('fatal'),
  }),
);

/** The level that a word names in any case; `none` for a word that is not in use as a level. */
export function levelOfWord(word: string): LevelCode {
  return words.get(word.toLowerCase()) ?? NO_LEVEL;
}

/** pino's and bunyan's numbers: 10 trace to 60 fatal, values between belong to the level below. Under 10 nothing is sure. */
export function levelOfNumber(value: number): LevelCode {
  if (!(value >= 10)) return NO_LEVEL;
  return Math.min(Math.floor(value / 10) - 1, code('fatal'));
}

export function levelName(value: LevelCode): LogLevel {
  return logLevels[value] ?? 'none';
}
