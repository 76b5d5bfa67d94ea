import type { LogView } from '#features/logs/index.ts';
import { type PanelSearch, readSearch } from './search.ts';

/** What a reader likes where the address does not say. */
interface LogHabits {
  readonly wrapLogs: boolean;
}

/** The view that the address stands for. */
export function viewOf(search: PanelSearch, { wrapLogs }: LogHabits): LogView {
  const { services, levels, q, where, from, to, all, at, cols, wrap, line, request } = search;
  return {
    services: services ?? [],
    levels: levels ?? [],
    query: q ?? '',
    conditions: where ?? [],
    columns: cols ?? [],
    all: all === true,
    wrap: wrap ?? wrapLogs,
    from,
    to,
    at,
    line,
    request,
  };
}

/** The address that stands for a view; what is as the reader likes it is left out. */
export function searchOf(view: LogView, { wrapLogs }: LogHabits, env: string | undefined): PanelSearch {
  const { query, conditions, columns, services, levels, wrap, ...rest } = view;
  return readSearch({
    ...rest,
    env,
    wrap: wrap === wrapLogs ? undefined : wrap,
    services: [...services],
    levels: [...levels],
    q: query,
    where: [...conditions],
    cols: [...columns],
  });
}
