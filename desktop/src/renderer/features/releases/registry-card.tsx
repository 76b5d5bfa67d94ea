import { PackageSearch, RotateCw } from 'lucide-react';
import type { ReleasesEntry } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filled } from '#ui/filled.tsx';
import { plainText } from '#ui/plain-text.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import { t } from '#words/index.ts';
import { RegistryTrouble } from './registry-trouble.tsx';
import css from './release-list.module.css';
import { RemoteRow } from './remote-row.tsx';
import { isRefused } from './trust-words.ts';

export interface RegistryCardProps {
  entry: ReleasesEntry;
  now: number;
  online: boolean;
  writable: boolean;
  onLook: () => void;
  onDeploy: (version: string) => void;
}

function NoVersions() {
  return (
    <EmptyState icon={PackageSearch} title={t('releases:registry.none')}>
      <p>
        <Filled
          text={t('releases:registry.noneNote')}
          parts={{ line: <code>{'image: registry/shop:${VERSION}'}</code> }}
        />
      </p>
    </EmptyState>
  );
}

/** The versions that lie in the registry, newest first. */
export function RegistryCard({ entry, now, online, writable, onLook, onDeploy }: RegistryCardProps) {
  const { remote, remoteProblem, looking = false, releases = [] } = entry;
  const versions = remote?.releases ?? [];
  const { more = 0, others = [] } = remote ?? {};
  const newest = versions.find(({ missing, trust }) => missing.length === 0 && !isRefused(trust))?.version;
  return (
    <Card
      title={t('releases:registry.title')}
      aside={
        <Button look="quiet" icon={RotateCw} disabled={looking || !online} onClick={onLook}>
          {t(looking ? 'releases:registry.looking' : 'releases:registry.look')}
        </Button>
      }
      footer={
        more + others.length === 0 ? undefined : (
          <span className={css['more']}>
            {more === 0 ? null : (
              <>
                <Filled
                  text={t('releases:registry.older', { count: more })}
                  parts={{ command: <code>quayside deploy VERSION</code> }}
                />{' '}
              </>
            )}
            {others.length === 0
              ? null
              : t('releases:registry.otherTags', { count: others.length, tags: plainText(others.join(', ')) })}
          </span>
        )
      }
    >
      {remoteProblem === undefined ? null : (
        <RegistryTrouble problem={remoteProblem} looking={looking} past={releases.length > 0} onLook={onLook} />
      )}
      {remote === undefined && remoteProblem === undefined ? <Skeleton label={t('releases:registry.reading')} /> : null}
      {remote !== undefined && versions.length === 0 && remoteProblem === undefined ? <NoVersions /> : null}
      <ol className={css['list']} aria-label={t('releases:registry.versions')}>
        {versions.map((one) => (
          <RemoteRow
            key={one.version}
            remote={one}
            newest={one.version === newest}
            now={now}
            writable={writable}
            onDeploy={onDeploy}
          />
        ))}
      </ol>
    </Card>
  );
}
