import { useNavigate } from '@tanstack/react-router';
import { assertNever } from '#kit/assert-never.ts';
import { t } from '#words/index.ts';
import { usePanel } from '../use-panel.ts';
import type { Deed } from './commands.ts';

interface Told {
  onHelp: () => void;
  /** What was done, where nothing else shows it. */
  onSaid: (said: string) => void;
}

/** Carries out what was chosen in the palette. */
export function useDeeds({ onHelp, onSaid }: Told): (deed: Deed) => void {
  const { stores, environment } = usePanel();
  const navigate = useNavigate();
  const env = environment === undefined ? {} : { env: environment.id };
  const go = (to: string, more: Record<string, unknown> = {}) => {
    void navigate({ to, search: { ...env, ...more } });
  };
  return (deed) => {
    switch (deed.type) {
      case 'go':
        go(deed.page);
        return;
      case 'logs':
        go('/logs', { services: [deed.service] });
        return;
      case 'environment':
        void navigate({ to: '.', search: { env: deed.id } });
        return;
      case 'other':
        void navigate({ to: '/stack', search: { env: deed.id } });
        return;
      case 'order':
        if (environment === undefined) return;
        // Its progress is shown there.
        go('/stack');
        void stores.operation.getState().start(environment.id, deed.action);
        return;
      case 'ask':
        go('/stack', { ask: deed.verb });
        return;
      case 'release':
        go('/releases', { [deed.verb]: deed.of });
        return;
      case 'copy':
        navigator.clipboard.writeText(deed.text).then(
          () => {
            onSaid(t('app:palette.copied', { text: deed.text }));
          },
          () => {
            onSaid(t('app:palette.refused'));
          },
        );
        return;
      case 'diagnostics':
        go('/diagnostics');
        return;
      case 'help':
        onHelp();
        return;
      case 'tour':
        go('/stack');
        void stores.preferences.getState().change({ toured: false });
        return;
      default:
        assertNever(deed);
    }
  };
}
