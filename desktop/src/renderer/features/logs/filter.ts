import type { LogFilter, LogLevel } from '#contract/index.ts';

/** What is shown, as it stands in the address of the page. Empty lists mean all. */
export interface LogView {
  services: readonly string[];
  levels: readonly LogLevel[];
  search: string;
  correlationId?: string | undefined;
}

export function isFiltered({ services, levels, search, correlationId }: LogView): boolean {
  return services.length > 0 || levels.length > 0 || search !== '' || correlationId !== undefined;
}

/** The view as the core is asked for it. */
export function filterOf({ services, levels, search, correlationId }: LogView): LogFilter {
  return {
    services: [...services],
    levels: [...levels],
    search,
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}

/** The list with one entry put in or taken out. */
export function toggled<T>(list: readonly T[], one: T): readonly T[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
}
