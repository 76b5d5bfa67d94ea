import type { Finding, Repair } from '#contract/index.ts';
import { Button } from '#ui/button.tsx';
import { CopyCommand } from '#ui/copy-command.tsx';
import { t, told } from '#words/index.ts';
import css from './preflight-card.module.css';

/** A repair that another page of the panel makes. */
export type PanelRepair =
  | { kind: 'form' }
  | { kind: 'variable'; name: string; value?: string | undefined }
  | { kind: 'login'; registry: string };

interface RepairProps {
  repair: Repair;
  onRepair: (repair: PanelRepair) => void;
}

function RepairControl({ repair, onRepair }: RepairProps) {
  switch (repair.kind) {
    case 'env-form':
      return (
        <Button
          needs="admin"
          onClick={() => {
            onRepair({ kind: 'form' });
          }}
        >
          {t('preflight:createFile', { file: repair.file })}
        </Button>
      );
    case 'variable': {
      const { name, value } = repair;
      return (
        <Button
          needs="admin"
          onClick={() => {
            onRepair({ kind: 'variable', name, value });
          }}
        >
          {value === undefined ? t('preflight:setVariable', { name }) : t('preflight:setVariableTo', { name, value })}
        </Button>
      );
    }
    case 'registry-login':
      return (
        <Button
          needs="admin"
          onClick={() => {
            onRepair({ kind: 'login', registry: repair.registry });
          }}
        >
          {t('preflight:signInTo', { registry: repair.registry })}
        </Button>
      );
    case 'command':
      return (
        <span className={css['command']}>
          <span>{t('preflight:inTerminal', { label: told(repair.label) })}</span>
          <CopyCommand command={repair.command} />
        </span>
      );
  }
}

export interface FindingRowProps {
  finding: Finding;
  onRepair: (repair: PanelRepair) => void;
}

/** One finding: what is the case, why it matters, what helps, and what does that. */
export function FindingRow({ finding, onRepair }: FindingRowProps) {
  const { title, why, remedy, repairs = [] } = finding;
  return (
    <li className={css['finding']}>
      <b>{told(title)}</b>
      {why === undefined ? null : <p>{told(why)}</p>}
      {remedy === undefined ? null : <p className={css['remedy']}>{told(remedy)}</p>}
      {repairs.length === 0 ? null : (
        <div className={css['repairs']}>
          {repairs.map((repair) => (
            <RepairControl key={JSON.stringify(repair)} repair={repair} onRepair={onRepair} />
          ))}
        </div>
      )}
    </li>
  );
}
