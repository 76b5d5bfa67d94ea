import type { LogFilter, LogLevel } from '#contract/index.ts';
import { joinQuery } from '#kit/query-terms.ts';

/** What is shown and how, as it stands in the address of the page. Empty lists mean all. */
export interface LogView {
  services: readonly string[];
  levels: readonly LogLevel[];
  /** What is typed into the search box, in the filter language. */
  query: string;
  /** Conditions beside it, each shown as a chip that can be taken away. */
  conditions: readonly string[];
  /** Only lines from this time on, and before that one: times back from now, or ISO times. */
  from?: string | undefined;
  to?: string | undefined;
  /** Query and conditions do not narrow the list: what they find is marked in it. */
  all: boolean;
  /** Time around which the list was opened. */
  at?: string | undefined;
  /** Fields that have a column of their own. */
  columns: readonly string[];
  wrap: boolean;
  /** The line that is shown in full, by its key. */
  line?: string | undefined;
  /** Correlation id of the request that is shown across services. */
  request?: string | undefined;
}

export const emptyView: LogView = {
  services: [],
  levels: [],
  query: '',
  conditions: [],
  all: false,
  columns: [],
  wrap: false,
};

/** The query and the conditions as one filter, in the words of `quayside logs --where`. */
export function wholeQuery({ query, conditions }: Pick<LogView, 'query' | 'conditions'>): string {
  return joinQuery(query, conditions);
}

/** Whether something is looked for, be it to narrow the list or to be marked in it. */
export function isSought(view: LogView): boolean {
  return wholeQuery(view) !== '';
}

/** Whether lines are left out of the list. */
export function isFiltered(view: LogView): boolean {
  const { services, levels, from, to, all } = view;
  const narrowed = isSought(view) && !all;
  return services.length > 0 || levels.length > 0 || narrowed || from !== undefined || to !== undefined;
}

function beside({ services, levels, from, to }: LogView): LogFilter {
  return {
    services: [...services],
    levels: [...levels],
    search: '',
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

/** Lines that hold all that is asked for. */
export function matchesOf(view: LogView): LogFilter {
  const query = wholeQuery(view);
  return { ...beside(view), ...(query === '' ? {} : { query }) };
}

/** Lines that the list shows. */
export function filterOf(view: LogView): LogFilter {
  return view.all ? beside(view) : matchesOf(view);
}

/** The view without its filters; how lines are shown stays as it is. */
export function unfiltered({ columns, wrap, line, request }: LogView): LogView {
  return { ...emptyView, columns, wrap, line, request };
}

/** The list with one entry put in or taken out. */
export function toggled<T>(list: readonly T[], one: T): readonly T[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
}

/** With a condition more; one that says the opposite of it leaves. */
export function withCondition(view: LogView, condition: string): LogView {
  const opposite = condition.startsWith('-') ? condition.slice(1) : `-${condition}`;
  const others = view.conditions.filter((one) => one !== condition && one !== opposite);
  return { ...view, conditions: [...others, condition], all: false };
}

/** The condition turned round. */
export function turned(condition: string): string {
  const bare = condition.replace(/^(?:-|not\s+)/i, '');
  return bare === condition ? `-${condition}` : bare;
}
