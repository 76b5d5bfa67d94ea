import { CloudDownload } from 'lucide-react';
import { useId } from 'react';
import type { RemoteRelease } from '#contract/index.ts';
import { Button } from '#ui/button.tsx';
import { cx } from '#ui/cx.ts';
import { plainText } from '#ui/plain-text.ts';
import { StateBadge } from '#ui/state-badge.tsx';
import { t } from '#words/index.ts';
import css from './release-list.module.css';
import { originFacts, runLink, signedFact, subjectOf } from './release-words.ts';
import { RunLink } from './run-link.tsx';
import { TrustDetails } from './trust-details.tsx';
import { trustLook } from './trust-words.ts';

export interface RemoteRowProps {
  remote: RemoteRelease;
  /** The newest that can be deployed, which most people look for. */
  newest: boolean;
  now: number;
  writable: boolean;
  onDeploy: (version: string) => void;
}

function Standing({ remote: { current, missing } }: Pick<RemoteRowProps, 'remote'>) {
  if (current) return <StateBadge tone="ok" icon="check" word={t('releases:registry.runsNow')} />;
  return missing.length === 0 ? null : <StateBadge tone="warn" icon="alert" word={t('releases:registry.incomplete')} />;
}

/** One version in the registry, with the button that deploys it. */
export function RemoteRow({ remote, newest, now, writable, onDeploy }: RemoteRowProps) {
  const { version, names, provenance, missing, current, trust } = remote;
  const mark = trustLook(trust);
  const id = useId();
  return (
    <li className={cx(css['row'], current && css['current'])}>
      <div className={css['version']}>
        <b id={id}>{plainText(version)}</b>
        <Standing remote={remote} />
      </div>
      <div className={css['story']}>
        <b>{plainText(subjectOf(provenance))}</b>
        <p className={css['facts']}>
          {originFacts(provenance, now).map((fact) => (
            <span key={fact}>{plainText(fact)}</span>
          ))}
          {mark === undefined ? <span>{signedFact(remote.signed)}</span> : null}
          <RunLink address={runLink(provenance)} />
        </p>
        {mark === undefined ? null : (
          <p className={css['mark']}>
            <StateBadge {...mark} />
          </p>
        )}
        {names.length === 0 ? null : (
          <p className={css['facts']}>{t('releases:registry.alsoCalled', { names: plainText(names.join(', ')) })}</p>
        )}
        {missing.length === 0 ? null : (
          <p className={css['note']}>{t('releases:registry.missing', { services: missing.join(', ') })}</p>
        )}
        <TrustDetails trusts={trust} />
      </div>
      <div className={css['action']}>
        {current ? null : (
          <Button
            icon={CloudDownload}
            look={newest && missing.length === 0 ? 'primary' : 'plain'}
            needs="operator"
            disabled={!writable || missing.length > 0}
            aria-describedby={id}
            onClick={() => {
              onDeploy(version);
            }}
          >
            {t('releases:deploy')}
          </Button>
        )}
      </div>
    </li>
  );
}
