import type { Finding, PreflightReport, Repair } from '#contract/index.ts';
import { assertNever } from '#kit/assert-never.ts';
import { counted } from '#ui/format.ts';
import type { BadgeLook } from '#ui/state-badge.tsx';

type Severity = Finding['severity'];

/** How findings of a severity are marked. */
export function severityLook(severity: Severity): BadgeLook {
  switch (severity) {
    case 'blocker':
      return { tone: 'bad', icon: 'stop', word: 'In the way' };
    case 'warning':
      return { tone: 'warn', icon: 'alert', word: 'Warning' };
    case 'note':
      return { tone: 'off', icon: 'help', word: 'Note' };
    case 'ok':
      return { tone: 'ok', icon: 'check', word: 'Fine' };
    default:
      return assertNever(severity);
  }
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
  if (refused) return `Not started: ${counted(blockers, 'thing')} in the way`;
  if (blockers > 0) return `Before a start: ${counted(blockers, 'thing')} in the way`;
  if (warnings > 0) return `Before a start: ${counted(warnings, 'warning')}, nothing in the way`;
  return 'Nothing is in the way of a start';
}
