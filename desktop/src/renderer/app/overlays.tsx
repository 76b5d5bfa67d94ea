import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { assertNever } from '#kit/assert-never.ts';
import { Button } from '#ui/button.tsx';
import { InfoDialog } from '#ui/dialog.tsx';
import { KeyList } from '#ui/keys.tsx';
import { t } from '#words/index.ts';
import { CommandPalette } from './palette/command-palette.tsx';
import { type ShortcutDeed, shortcutWords } from './shortcuts.ts';
import { useKeyboard } from './use-keyboard.ts';
import { usePanel } from './use-panel.ts';

type Overlay = 'palette' | 'help';

/** What opens over the page, by key or by button. */
export function useOverlays() {
  const [open, setOpen] = useState<Overlay>();
  const navigate = useNavigate();
  useKeyboard((deed: ShortcutDeed) => {
    switch (deed.type) {
      case 'palette':
      case 'help':
        setOpen(deed.type);
        return;
      case 'search':
        document.querySelector<HTMLElement>('main input[type="search"]')?.focus();
        return;
      case 'go':
        void navigate({ to: deed.page, search: ({ env }) => (env === undefined ? {} : { env }) });
        return;
      default:
        assertNever(deed);
    }
  });
  return { open, setOpen };
}

function Help({ onTour, onClose }: { onTour: () => void; onClose: () => void }) {
  return (
    <InfoDialog title={t('app:help.title')} description={t('app:help.note')} onClose={onClose}>
      <KeyList list={shortcutWords()} />
      <div>
        <Button onClick={onTour}>{t('app:tour.take')}</Button>
      </div>
    </InfoDialog>
  );
}

/** The palette or the list of shortcuts, whichever is open. */
export function Overlays({ open, onOpen }: { open: Overlay | undefined; onOpen: (next: Overlay | undefined) => void }) {
  const { stores } = usePanel();
  const navigate = useNavigate();
  const close = () => {
    onOpen(undefined);
  };
  if (open === 'help') {
    return (
      <Help
        onClose={close}
        onTour={() => {
          close();
          void stores.preferences.getState().change({ toured: false });
          void navigate({ to: '/stack', search: ({ env }) => (env === undefined ? {} : { env }) });
        }}
      />
    );
  }
  if (open !== 'palette') return null;
  return (
    <CommandPalette
      onClose={close}
      onHelp={() => {
        onOpen('help');
      }}
    />
  );
}
