import { PackageSearch, RotateCw } from 'lucide-react';
import type { ReleasesEntry } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { counted } from '#ui/format.ts';
import { plainText } from '#ui/plain-text.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import { RegistryTrouble } from './registry-trouble.tsx';
import css from './release-list.module.css';
import { RemoteRow } from './remote-row.tsx';

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
    <EmptyState icon={PackageSearch} title="No versions to deploy">
      <p>
        Versions come from CI: it pushes the images of all services under the same tag, such as 1.4.2. The compose file
        then names them with <code>{'image: registry/shop:${VERSION}'}</code>.
      </p>
    </EmptyState>
  );
}

/** The versions that lie in the registry, newest first. */
export function RegistryCard({ entry, now, online, writable, onLook, onDeploy }: RegistryCardProps) {
  const { remote, remoteProblem, looking = false, releases = [] } = entry;
  const versions = remote?.releases ?? [];
  const { more = 0, others = [] } = remote ?? {};
  const newest = versions.find(({ missing }) => missing.length === 0)?.version;
  return (
    <Card
      title="In the registry"
      aside={
        <Button look="quiet" icon={RotateCw} disabled={looking || !online} onClick={onLook}>
          {looking ? 'Looking…' : 'Look again'}
        </Button>
      }
      footer={
        more + others.length === 0 ? undefined : (
          <span className={css['more']}>
            {more === 0 ? null : (
              <>
                {counted(more, 'older version')} not shown. In a terminal: <code>quayside deploy VERSION</code>.{' '}
              </>
            )}
            {others.length === 0
              ? null
              : `${counted(others.length, 'tag')} that ${others.length === 1 ? 'stands' : 'stand'} for none of these: ${plainText(others.join(', '))}`}
          </span>
        )
      }
    >
      {remoteProblem === undefined ? null : (
        <RegistryTrouble problem={remoteProblem} looking={looking} past={releases.length > 0} onLook={onLook} />
      )}
      {remote === undefined && remoteProblem === undefined ? <Skeleton label="Looking into the registry" /> : null}
      {remote !== undefined && versions.length === 0 && remoteProblem === undefined ? <NoVersions /> : null}
      <ol className={css['list']} aria-label="Versions in the registry">
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
