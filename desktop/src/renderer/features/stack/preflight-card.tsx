import { X } from 'lucide-react';
import type { PreflightReport } from '#contract/index.ts';
import { Button, IconButton } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { StateBadge } from '#ui/state-badge.tsx';
import { t } from '#words/index.ts';
import { FindingRow, type PanelRepair } from './finding-row.tsx';
import css from './preflight-card.module.css';
import { type FindingGroup, findingGroups, preflightTitle, severityLook } from './preflight-words.ts';

export interface PreflightCardProps {
  report: PreflightReport;
  /** A start was asked for and not made. */
  refused: boolean;
  writable: boolean;
  checking: boolean;
  onRepair: (repair: PanelRepair) => void;
  onRetry: () => void;
  onDismiss: () => void;
}

interface GroupProps {
  group: FindingGroup;
  onRepair: (repair: PanelRepair) => void;
}

function Findings({ group, onRepair }: GroupProps) {
  return (
    <ul>
      {group.findings.map((finding) => (
        <FindingRow key={`${finding.check} ${finding.title}`} finding={finding} onRepair={onRepair} />
      ))}
    </ul>
  );
}

/** What hurts is open; what is only worth knowing is folded away. */
function Group({ group, onRepair }: GroupProps) {
  const look = severityLook(group.severity);
  if (group.severity === 'blocker' || group.severity === 'warning') {
    return (
      <div className={css['group']}>
        <h3>
          <StateBadge {...look} />
        </h3>
        <Findings group={group} onRepair={onRepair} />
      </div>
    );
  }
  return (
    <details className={css['group']}>
      <summary>
        <StateBadge {...look} />
        <span>
          {t(group.severity === 'ok' ? 'preflight:checks' : 'preflight:findings', { count: group.findings.length })}
        </span>
      </summary>
      <Findings group={group} onRepair={onRepair} />
    </details>
  );
}

/** What stands in the way of a start, or will: by severity, each with why it matters, what to do, and what does it. */
export function PreflightCard(props: PreflightCardProps) {
  const { report, refused, writable, checking, onRepair, onRetry, onDismiss } = props;
  return (
    <Card
      title={preflightTitle(report, refused)}
      aside={<IconButton icon={X} label={t('preflight:dismiss')} onClick={onDismiss} />}
      footer={
        <Button needs={refused ? 'operator' : undefined} disabled={!writable || checking} onClick={onRetry}>
          {t(refused ? 'preflight:checkAgainAndStart' : 'preflight:checkAgain')}
        </Button>
      }
    >
      <div className={css['groups']} aria-live="polite">
        {findingGroups(report.findings).map((group) => (
          <Group key={group.severity} group={group} onRepair={onRepair} />
        ))}
      </div>
    </Card>
  );
}
