import { ExternalLink } from 'lucide-react';
import css from './release-list.module.css';

/** Leads to the CI run that built a version. */
export function RunLink({ address }: { address: string | undefined }) {
  if (address === undefined) return null;
  return (
    <a className={css['run']} href={address} target="_blank" rel="noopener noreferrer">
      CI run
      <ExternalLink size={12} aria-hidden="true" />
    </a>
  );
}
