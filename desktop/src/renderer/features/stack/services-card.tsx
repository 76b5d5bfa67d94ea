import { Trash2 } from 'lucide-react';
import type { ServiceState, StackState } from '#contract/index.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { CopyCommand } from '#ui/copy-command.tsx';
import { cx } from '#ui/cx.ts';
import { clock } from '#ui/format.ts';
import { t } from '#words/index.ts';
import type { ReadLastWords } from './last-words.tsx';
import { lacksFiles } from './main-action.ts';
import type { ServiceOrder } from './service-menu.tsx';
import { ServiceRow } from './service-row.tsx';
import { UsageNote } from './service-usage.tsx';
import css from './services-card.module.css';
import type { UsageSource } from './use-usage.ts';

export interface ServicesCardProps {
  stack: StackState;
  /** The docker compose command line of this environment, without a verb. */
  command: string;
  now: number;
  /** Set where the state is an old one: when it was seen. */
  seenAt?: string | undefined;
  writable: boolean;
  readLastWords: ReadLastWords;
  usage: UsageSource;
  onServiceOrder: (service: ServiceState, order: ServiceOrder) => void;
  onShowLogs: (service: string) => void;
  onRemove: () => void;
}

function hasContainers(stack: StackState): boolean {
  return stack.services.some(({ containers }) => containers.length > 0) || stack.orphans.length > 0;
}

/** The services of a stack: what each runs, how it stands and where it is reached. */
export function ServicesCard({
  stack,
  command,
  now,
  seenAt,
  writable,
  readLastWords,
  usage,
  onServiceOrder,
  onShowLogs,
  onRemove,
}: ServicesCardProps) {
  const rows = stack.services.map((service: ServiceState) => (
    <ServiceRow
      key={service.name}
      service={service}
      now={now}
      writable={writable}
      makeable={!lacksFiles(stack)}
      readLastWords={readLastWords}
      usage={usage}
      onOrder={(order) => {
        onServiceOrder(service, order);
      }}
      onShowLogs={() => {
        onShowLogs(service.name);
      }}
    />
  ));
  const footer = (
    <>
      <CopyCommand command={`${command} ps`} />
      <UsageNote source={usage} />
      {hasContainers(stack) ? (
        <Button look="quiet" icon={Trash2} needs="operator" disabled={!writable} onClick={onRemove}>
          {t('stack:menu.remove')}
        </Button>
      ) : null}
    </>
  );
  return (
    <Card
      title={t('stack:services')}
      aside={
        seenAt === undefined
          ? t('stack:serviceCount', { count: stack.services.length })
          : t('stack:asOf', { time: clock(seenAt, true) })
      }
      footer={footer}
    >
      <table className={cx(css['table'], seenAt !== undefined && css['stale'])}>
        <thead>
          <tr>
            <th scope="col">{t('stack:service')}</th>
            <th scope="col">{t('stack:state')}</th>
            <th scope="col">{t('stack:address')}</th>
            <th scope="col" className={css['wide']}>
              {t('stack:upSince')}
            </th>
            <th scope="col" className={css['wide']}>
              {t('stack:restarts')}
            </th>
            <th scope="col" className={css['wide']}>
              {t('stack:cpuAndMemory')}
            </th>
            <th scope="col">
              <span className={css['unseen']}>{t('stack:actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>{rows}</tbody>
      </table>
    </Card>
  );
}
