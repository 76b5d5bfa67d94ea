import type { Finding, PreflightReport, Repair } from '#contract/index.ts';
import type { BadgeLook } from '#ui/state-badge.tsx';
import { t } from '#words/index.ts';

type Severity = Finding['severity'];

const looks: Record<Severity, Pick<BadgeLook, 'tone' | 'icon'>> = {
  blocker: { tone: 'bad', icon: 'stop' },
  warning: { tone: 'warn', icon: 'alert' },
  note: { tone: 'off', icon: 'help' },
  ok: { tone: 'ok', icon: 'check' },
};

/** How findings of a severity are marked. */
export function severityLook(severity: Severity): BadgeLook {
  return { ...looks[severity], word: t(`preflight:severity.${severity}`) };
}

export interface FindingGroup {
  severity: Severity;
  findings: readonly Finding[];
}

const worstFirst: readonly Severity[] = ['blocker', 'warning', 'note', 'ok'];

/** The findings by severity, worst first, without the severities of which there are none; each repair at its first finding. */
export function findingGroups(findings: readonly Finding[]): FindingGroup[] {
  const offered = new Set<string>();
  const isNew = (repair: Repair): boolean => {
    const before = offered.size;
    return offered.add(JSON.stringify(repair)).size > before;
  };
  return worstFirst.flatMap((severity) => {
    const own = findings
      .filter((one) => one.severity === severity)
      .map((one) => ({ ...one, repairs: (one.repairs ?? []).filter(isNew) }));
    return own.length === 0 ? [] : [{ severity, findings: own }];
  });
}

/** Whether there is something to say to somebody who did not ask. */
export const isWorthTelling = ({ findings }: PreflightReport): boolean =>
  findings.some(({ severity }) => severity === 'blocker' || severity === 'warning');

/** A report without what the page says elsewhere, unless only the report can mend it. */
export function withoutSaid(report: PreflightReport, said: readonly (string | undefined)[]): PreflightReport {
  const findings = report.findings.filter(({ title, repairs = [] }) => repairs.length > 0 || !said.includes(title));
  return { ...report, findings };
}

/** The heading of a report; `refused`: a start was asked for and not made. */
export function preflightTitle({ findings }: PreflightReport, refused: boolean): string {
  const count = (severity: Severity) => findings.filter((one) => one.severity === severity).length;
  const [blockers, warnings] = [count('blocker'), count('warning')];
  if (refused) return t('preflight:refused', { count: blockers });
  if (blockers > 0) return t('preflight:blocked', { count: blockers });
  if (warnings > 0) return t('preflight:warned', { count: warnings });
  return t('preflight:clear');
}
