import { plainText } from '#ui/plain-text.ts';
import { StateBadge } from '#ui/state-badge.tsx';
import { t } from '#words/index.ts';
import css from './trust-details.module.css';
import { type TrustFact, type Trusts, trustedImages, trustFacts } from './trust-words.ts';

function Facts({ facts }: { facts: readonly TrustFact[] }) {
  return (
    <dl className={css['facts']}>
      {facts.map(({ what, value, exact }) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd className={exact === true ? css['exact'] : undefined}>{plainText(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How each image of a release was verified, folded away; nothing where no rule of the policy is about any. */
export function TrustDetails({ trusts }: { trusts: Trusts }) {
  const images = trustedImages(trusts);
  if (images.length === 0) return null;
  return (
    <details className={css['details']}>
      <summary>{t('releases:trust.details')}</summary>
      <ul className={css['images']}>
        {images.map(({ service, trust, look }) => (
          <li key={service}>
            <p className={css['service']}>
              <b>{plainText(service)}</b>
              {look === undefined ? null : <StateBadge {...look} />}
            </p>
            <Facts facts={trustFacts(trust)} />
          </li>
        ))}
      </ul>
    </details>
  );
}
