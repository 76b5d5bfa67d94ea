import { useNavigate } from '@tanstack/react-router';
import { assertNever } from '#kit/assert-never.ts';
import { usePanel } from '../use-panel.ts';
import type { Deed } from './commands.ts';

/** What became of a text that was to be copied. */
export interface Copied {
  text: string;
  refused: boolean;
}

interface Told {
  onHelp: () => void;
  /** Nothing else shows it. */
  onCopied: (copied: Copied) => void;
}

/** Carries out what was chosen in the palette. */
export function useDeeds({ onHelp, onCopied }: Told): (deed: Deed) => void {
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
            onCopied({ text: deed.text, refused: false });
          },
          () => {
            onCopied({ text: deed.text, refused: true });
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
