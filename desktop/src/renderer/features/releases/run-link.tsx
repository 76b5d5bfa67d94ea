import { ExternalLink } from 'lucide-react';
import { t } from '#words/index.ts';
import css from './release-list.module.css';

/** Leads to the CI run that built a version. */
export function RunLink({ address }: { address: string | undefined }) {
  if (address === undefined) return null;
  return (
    <a className={css['run']} href={address} target="_blank" rel="noopener noreferrer">
      {t('releases:ciRun')}
      <ExternalLink size={12} aria-hidden="true" />
    </a>
  );
}
