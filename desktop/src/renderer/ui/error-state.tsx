import { LifeBuoy, OctagonAlert } from 'lucide-react';
import { type ReactNode, useContext } from 'react';
import { t } from '#words/index.ts';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import { FurtherHelp } from './further-help.ts';
import css from './states.module.css';

export interface ErrorStateProps {
  title: string;
  /** `h1` where the error stands for the whole page. */
  heading?: 'h1' | 'h2';
  message: string;
  remedy?: string | undefined;
  /** Small print for whoever is asked for help; can be copied. */
  details?: string | undefined;
  actions?: ReactNode;
}

/** What went wrong, what to do about it, and the details to hand on. */
export function ErrorState({ title, heading: Heading = 'h2', message, remedy, details, actions }: ErrorStateProps) {
  const help = useContext(FurtherHelp);
  return (
    <div className={css['error']}>
      <OctagonAlert size={20} aria-hidden="true" className={css['badIcon']} />
      <div className={css['errorBody']} role="alert">
        <Heading>{title}</Heading>
        <p className={css['message']}>{message}</p>
        {remedy === undefined ? null : <p className={css['remedy']}>{remedy}</p>}
        {details === undefined ? null : (
          <details>
            <summary>{t('ui:details')}</summary>
            <div className={css['details']}>
              <pre>{details}</pre>
              <CopyButton text={details} label={t('ui:copy.details')} />
            </div>
          </details>
        )}
        {actions === undefined && help === undefined ? null : (
          <div className={css['actions']}>
            {actions}
            {help === undefined ? null : (
              <Button look="quiet" icon={LifeBuoy} onClick={help}>
                {t('ui:furtherHelp')}
              </Button>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
