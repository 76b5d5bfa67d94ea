import type { Release, Verification } from '#contract/index.ts';
import { Card } from '#ui/card.tsx';
import { clock } from '#ui/format.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import { type BadgeLook, StateBadge } from '#ui/state-badge.tsx';
import { proofOf } from './head-words.ts';
import css from './proof-card.module.css';

const asRecorded: BadgeLook = { tone: 'ok', icon: 'check', word: 'As recorded' };
const differs: BadgeLook = { tone: 'bad', icon: 'stop', word: 'Differs' };

function imageOf(release: Release, service: string): { label: string; id: string } | undefined {
  const image = release.images.find((one) => one.service === service);
  if (image === undefined) return undefined;
  return image.digest === undefined ? { label: 'image', id: image.imageId } : { label: 'digest', id: image.digest };
}

function shortId(id: string): string {
  return `${id.replace(/^sha256:/, '').slice(0, 12)}…`;
}

export interface ProofCardProps {
  release: Release;
  verification: Verification | undefined;
}

/** What was read back of the release that should run, service by service. */
export function ProofCard({ release, verification }: ProofCardProps) {
  const proof = proofOf(release, verification);
  return (
    <Card title="What runs now" aside={proof === undefined ? undefined : `read ${clock(proof.at, true)}`}>
      {proof === undefined ? (
        <Skeleton label="Reading back what runs" lines={3} />
      ) : (
        <ul className={css['services']} aria-label="Proof by service">
          {proof.services.map(({ service, ok, reason }) => {
            const image = imageOf(release, service);
            return (
              <li key={service}>
                <b>{service}</b>
                <StateBadge {...(ok ? asRecorded : differs)} />
                {reason === undefined ? null : <p className={css['reason']}>{reason}</p>}
                {image === undefined ? null : (
                  <p className={css['image']} title={image.id}>
                    {image.label} <code>{shortId(image.id)}</code>
                  </p>
                )}
              </li>
            );
          })}
        </ul>
      )}
      <p className={css['hint']}>
        Quayside asks the engine which image each service runs and compares it with what release {release.version}{' '}
        recorded.
      </p>
    </Card>
  );
}
