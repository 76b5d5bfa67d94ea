import { Component, type ReactNode } from 'react';
import { Button } from '#ui/button.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { t } from '#words/index.ts';
import css from './shell.module.css';

/** Catches a defect of the panel itself, so that it ends in words instead of a blank page. */
export class CrashGuard extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <main className={css['lonely']}>
        <ErrorState
          heading="h1"
          title={t('app:crash.title')}
          message={error.message}
          remedy={t('app:crash.remedy')}
          details={error.stack}
          actions={
            <Button
              onClick={() => {
                location.reload();
              }}
            >
              {t('app:crash.reload')}
            </Button>
          }
        />
      </main>
    );
  }
}
