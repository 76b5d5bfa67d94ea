import { type LogLevel, logLevels } from '#contract/index.ts';

/** What the address of the panel holds besides the page: the environment, the filter of the log view, and a question to show. */
export interface PanelSearch {
  env?: string;
  services?: string[];
  levels?: LogLevel[];
  q?: string;
  /** Conditions on fields. */
  where?: string[];
  from?: string;
  to?: string;
  all?: true;
  at?: string;
  cols?: string[];
  wrap?: boolean;
  line?: string;
  request?: string;
  /** What the page of the configuration opens with: the form of a new env file, or a variable and a value for it. */
  form?: true;
  set?: string;
  value?: string;
  /** The build that is looked at. */
  build?: string;
  /** Stack page: verb of a button whose question is to be shown. */
  ask?: string;
  /** Releases page: a version, or the id of a release, whose question is to be shown. */
  deploy?: string;
  rollback?: string;
}

/** Longest text of one entry. */
const longest = 500;
const mostEntries = 50;

function texts(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  const list = value.filter((one): one is string => typeof one === 'string' && one !== '' && one.length <= longest);
  return list.slice(0, mostEntries);
}

function text(value: unknown): string | undefined {
  // The address turns a search for 500 into a number.
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

type Key<T> = { [K in keyof PanelSearch]-?: PanelSearch[K] extends T | undefined ? K : never }[keyof PanelSearch];

const textKeys = [
  'env',
  'q',
  'from',
  'to',
  'at',
  'line',
  'request',
  'build',
  'ask',
  'deploy',
  'rollback',
  'set',
  'value',
] as const satisfies Key<string>[];
const listKeys = ['services', 'where', 'cols'] as const satisfies Key<string[]>[];
const flagKeys = ['all', 'form'] as const satisfies Key<true>[];

/** Reads the address; whatever is not understood is left out. */
export function readSearch(raw: Record<string, unknown>): PanelSearch {
  const found: PanelSearch = {};
  for (const key of textKeys) {
    const value = text(raw[key])?.slice(0, longest);
    if (value !== undefined) found[key] = value;
  }
  for (const key of listKeys) {
    const list = texts(raw[key]);
    if (list.length > 0) found[key] = list;
  }
  for (const key of flagKeys) if (raw[key] === true) found[key] = true;
  if (typeof raw['wrap'] === 'boolean') found.wrap = raw['wrap'];
  const levels = logLevels.filter((level) => texts(raw['levels']).includes(level));
  if (levels.length > 0) found.levels = levels;
  return found;
}
