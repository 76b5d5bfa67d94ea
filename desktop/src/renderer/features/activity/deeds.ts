import type { ActivityEntry } from '#contract/index.ts';
import type { BadgeLook } from '#ui/state-badge.tsx';
import { language, t, told } from '#words/index.ts';

/** One thing that was done: an operation with its beginning and, where it is known, its end. */
export interface Deed {
  /** The line that says most of it. */
  readonly entry: ActivityEntry;
  /** When it began. */
  readonly at: string;
}

/** Joins the two lines of each operation; newest first, by the time of its beginning. */
export function deedsOf(entries: readonly ActivityEntry[]): Deed[] {
  const begins = new Map<string, ActivityEntry>();
  const ended = new Set<string>();
  for (const entry of entries) {
    if (entry.operation === '') continue;
    if (entry.phase === 'began') begins.set(entry.operation, entry);
    else ended.add(entry.operation);
  }
  return entries
    .filter((entry) => entry.phase === 'ended' || !ended.has(entry.operation))
    .map((entry) => ({ entry, at: begins.get(entry.operation)?.at ?? entry.at }));
}

/** What was done, in a few words: `Deploy 1.4.2`, `Stop frontend`, `Start, after agreeing to services.web.privileged`. */
export function deedWords({ kind, target, services, risks = [] }: ActivityEntry): string {
  const verb = t(`activity:verb.${kind}`);
  const what = [...(target === undefined ? [] : [target]), ...(services.length === 0 ? [] : [services.join(', ')])];
  const onto = kind === 'rollback' && target !== undefined;
  const named = what.length === 0 ? verb : t('activity:verbOf', { verb, what: what.join(' ') });
  const deed = onto ? t('activity:rollbackTo', { target: what.join(' ') }) : named;
  return risks.length === 0 ? deed : t('activity:agreed', { deed, risks: risks.join(', ') });
}

const looks: Record<NonNullable<ActivityEntry['outcome']>, Pick<BadgeLook, 'tone' | 'icon'>> = {
  done: { tone: 'ok', icon: 'check' },
  failed: { tone: 'bad', icon: 'stop' },
  cancelled: { tone: 'off', icon: 'slash' },
  restored: { tone: 'warn', icon: 'alert' },
  unrestored: { tone: 'bad', icon: 'stop' },
};

/** How it ended. `running`: id of the operation that runs now. */
export function deedLook({ outcome, operation }: ActivityEntry, running: string | undefined): BadgeLook {
  if (outcome !== undefined) return { ...looks[outcome], word: t(`activity:outcome.${outcome}`) };
  if (operation === running) return { tone: 'busy', icon: 'spin', word: t('activity:outcome.running') };
  return { tone: 'off', icon: 'help', word: t('activity:outcome.unknown') };
}

/** An error code as words, where nothing better was written down: `PORT_IN_USE` is "port in use". */
export function codeWords(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ');
}

/** Who did it, for people. */
export function whoWords({ actor }: Pick<ActivityEntry, 'actor'>): string {
  return actor === '' ? t('activity:nobodyKnown') : actor;
}

/** Whether a search text is in what the row shows. */
export function isFound({ entry }: Deed, text: string): boolean {
  const { origin, via, project, environment, summary, code, outcome } = entry;
  const words = [deedWords(entry), whoWords(entry), origin, via, project, environment, told(summary), code, outcome];
  return words.some((word) => word?.toLowerCase().includes(text.toLowerCase()) === true);
}

/** Groups by day on this machine, in the order given. */
export function byDay(deeds: readonly Deed[]): Map<string, Deed[]> {
  const format = new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : language(), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  return Map.groupBy(deeds, ({ at }) => format.format(new Date(at)));
}
