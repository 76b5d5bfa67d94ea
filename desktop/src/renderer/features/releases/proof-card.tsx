import type { Release, Verification } from '#contract/index.ts';
import { Card } from '#ui/card.tsx';
import { clock } from '#ui/format.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import { type BadgeLook, StateBadge } from '#ui/state-badge.tsx';
import { t, told } from '#words/index.ts';
import { proofOf } from './head-words.ts';
import css from './proof-card.module.css';

function lookOf(ok: boolean): BadgeLook {
  return ok
    ? { tone: 'ok', icon: 'check', word: t('releases:proof.asRecorded') }
    : { tone: 'bad', icon: 'stop', word: t('releases:proof.differs') };
}

function imageOf(release: Release, service: string): { label: string; id: string } | undefined {
  const image = release.images.find((one) => one.service === service);
  if (image === undefined) return undefined;
  return image.digest === undefined
    ? { label: t('releases:proof.image'), id: image.imageId }
    : { label: t('releases:proof.digest'), id: image.digest };
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
    <Card
      title={t('releases:proof.title')}
      aside={proof === undefined ? undefined : t('releases:proof.read', { time: clock(proof.at, true) })}
    >
      {proof === undefined ? (
        <Skeleton label={t('releases:proof.reading')} lines={3} />
      ) : (
        <ul className={css['services']} aria-label={t('releases:proof.byService')}>
          {proof.services.map(({ service, ok, reason }) => {
            const image = imageOf(release, service);
            return (
              <li key={service}>
                <b>{service}</b>
                <StateBadge {...lookOf(ok)} />
                {reason === undefined ? null : <p className={css['reason']}>{told(reason)}</p>}
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
      <p className={css['hint']}>{t('releases:proof.hint', { version: release.version })}</p>
    </Card>
  );
}
