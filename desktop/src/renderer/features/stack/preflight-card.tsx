import { X } from 'lucide-react';
import type { Finding, PreflightReport } from '#contract/index.ts';
import { assertNever } from '#kit/assert-never.ts';
import { Button, IconButton } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { counted } from '#ui/format.ts';
import { type BadgeLook, StateBadge } from '#ui/state-badge.tsx';
import css from './notices.module.css';

function look(severity: Finding['severity']): BadgeLook {
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

const order: readonly Finding['severity'][] = ['blocker', 'warning', 'note'];

export interface PreflightCardProps {
  report: PreflightReport;
  writable: boolean;
  onRetry: () => void;
  onDismiss: () => void;
}

/** What stands in the way of a start: each finding with why it matters and what to do. */
export function PreflightCard({ report, writable, onRetry, onDismiss }: PreflightCardProps) {
  const blockers = report.findings.filter(({ severity }) => severity === 'blocker').length;
  const told = order.flatMap((severity) => report.findings.filter((finding) => finding.severity === severity));
  return (
    <Card
      title={`Not started: ${counted(blockers, 'thing')} in the way`}
      aside={<IconButton icon={X} label="Dismiss" onClick={onDismiss} />}
      footer={
        <Button disabled={!writable} onClick={onRetry}>
          Check again and start
        </Button>
      }
    >
      <ul className={css['findings']} aria-live="polite">
        {told.map((finding) => (
          <li key={`${finding.check} ${finding.title}`}>
            <StateBadge {...look(finding.severity)} />
            <div>
              <b>{finding.title}</b>
              {finding.why === undefined ? null : <p>{finding.why}</p>}
              {finding.remedy === undefined ? null : <p className={css['remedy']}>{finding.remedy}</p>}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
