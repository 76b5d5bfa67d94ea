import { HeartPulse } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import type { Environment, ServiceCondition } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { moment } from '#ui/format.ts';
import { PageBody } from '#ui/page-body.tsx';
import { PageTop } from '#ui/page-top.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { type BadgeLook, StateBadge } from '#ui/state-badge.tsx';
import { useNow } from '#ui/use-now.ts';
import { t, told } from '#words/index.ts';
import { ServiceHealthCard } from './service-health-card.tsx';

/** How a service's condition is shown. */
export type LookOf = (condition: ServiceCondition) => BadgeLook;

export interface HealthPageProps {
  stores: Stores;
  environment: Environment;
  badge: BadgeLook | undefined;
  /** Stands above all else. */
  notice: ReactNode;
  lookOf: LookOf;
}

/** The page of how the services are and were: changes, probes with their output, and what the applications say of their needs. */
export function HealthPage({ stores, environment, badge, notice, lookOf }: HealthPageProps) {
  const { id } = environment;
  const entry = useStore(stores.health, ({ byEnvironment }) => byEnvironment[id]);
  const watch = useStore(stores.health, (state) => state.watch);
  const sentence = useStore(stores.stack, ({ byEnvironment }) => byEnvironment[id]?.stack?.sentence);
  const now = useNow(true, 5000);
  useEffect(() => watch(id), [watch, id]);
  const health = entry?.health;
  return (
    <>
      <PageTop
        badge={badge === undefined ? undefined : <StateBadge {...badge} />}
        title={t('health:title')}
        sentence={[
          told(sentence),
          health === undefined ? undefined : t('health:watchedSince', { since: moment(health.since, now) }),
        ]
          .filter(Boolean)
          .join('. ')}
      />
      <PageBody>
        {notice}
        {entry?.problem === undefined ? null : (
          <ErrorState
            title={t('health:unreadable')}
            message={told(entry.problem.message)}
            remedy={told(entry.problem.remedy)}
          />
        )}
        {health === undefined && entry?.problem === undefined ? (
          <Skeleton label={t('health:reading')} lines={6} />
        ) : null}
        {health?.services.length === 0 ? (
          <EmptyState icon={HeartPulse} title={t('health:nothing')}>
            <p>{t('health:nothingNote')}</p>
          </EmptyState>
        ) : null}
        {health?.services.map((service) => (
          <ServiceHealthCard key={service.name} service={service} now={now} lookOf={lookOf} />
        ))}
      </PageBody>
    </>
  );
}
