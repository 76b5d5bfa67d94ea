import { type LogLevel, logLevels } from '#contract/index.ts';

/** What the address of the panel holds besides the page: the environment, and the filter of the log view. */
export interface PanelSearch {
  env?: string;
  services?: string[];
  levels?: LogLevel[];
  q?: string;
  request?: string;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function text(value: unknown): string | undefined {
  // The address turns a search for 500 into a number.
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Reads the address; whatever is not understood is left out. */
export function readSearch(raw: Record<string, unknown>): PanelSearch {
  const env = text(raw['env']);
  const services = texts(raw['services']);
  const levels = logLevels.filter((level) => texts(raw['levels']).includes(level));
  const q = text(raw['q'])?.slice(0, 500);
  const request = text(raw['request']);
  return {
    ...(env === undefined ? {} : { env }),
    ...(services.length === 0 ? {} : { services }),
    ...(levels.length === 0 ? {} : { levels }),
    ...(q === undefined ? {} : { q }),
    ...(request === undefined ? {} : { request }),
  };
}
