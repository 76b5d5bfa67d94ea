import {
  ClipboardCopy,
  CloudDownload,
  Compass,
  Eye,
  Hammer,
  Keyboard,
  LifeBuoy,
  type LucideIcon,
  Play,
  RotateCw,
  ScrollText,
  Square,
  Undo2,
} from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Verb } from '#contract/index.ts';
import { useStore } from '#state/index.ts';
import { Palette, type PaletteGroup } from '#ui/palette.tsx';
import { plainText } from '#ui/plain-text.ts';
import { t, wording } from '#words/index.ts';
import { pages } from '../pages.ts';
import { usePanel } from '../use-panel.ts';
import { type Command, commandsFor, type Deed } from './commands.ts';
import { searchCommands } from './search-commands.ts';
import { type Copied, useDeeds } from './use-deeds.ts';

const icons: Readonly<Record<Deed['type'], LucideIcon>> = {
  go: Eye,
  logs: ScrollText,
  environment: Eye,
  other: Eye,
  order: Play,
  ask: RotateCw,
  release: CloudDownload,
  copy: ClipboardCopy,
  help: Keyboard,
  diagnostics: LifeBuoy,
  tour: Compass,
};

const orderIcons: Partial<Record<Verb, LucideIcon>> = { stop: Square, restart: RotateCw, build: Hammer };

function iconOf({ deed }: Command): LucideIcon {
  if (deed.type === 'go') return pages.find(({ to }) => to === deed.page)?.icon ?? Eye;
  if (deed.type === 'release' && deed.verb === 'rollback') return Undo2;
  if (deed.type === 'order') return orderIcons[deed.action.verb] ?? Play;
  return icons[deed.type];
}

/** What can be chosen now, as the panel stands. */
function useCommands(): readonly Command[] {
  const { stores, project, environment } = usePanel();
  const id = environment?.id ?? '';
  const online = useStore(stores.connection, ({ status }) => status === 'connected');
  const role = useStore(stores.connection, ({ hello }) => hello?.user.role);
  const others = useStore(stores.others, (state) => state.others);
  const stack = useStore(stores.stack, ({ byEnvironment }) => byEnvironment[id]?.stack);
  const operation = useStore(stores.operation, ({ byEnvironment }) => byEnvironment[id]);
  const releases = useStore(stores.releases, ({ byEnvironment }) => byEnvironment[id]?.releases);
  const remote = useStore(stores.releases, ({ byEnvironment }) => byEnvironment[id]?.remote);
  const worded = wording();
  return useMemo(
    () => commandsFor({ online, role, project, environment, others, stack, operation, releases, remote }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the commands hold words, which are others in another language
    [online, role, project, environment, others, stack, operation, releases, remote, worded],
  );
}

function saidOf(copied: Copied | undefined): string {
  if (copied === undefined) return '';
  return copied.refused ? t('app:palette.refused') : t('app:palette.copied', { text: copied.text });
}

export interface CommandPaletteProps {
  onHelp: () => void;
  onClose: () => void;
}

/** Everything that the panel has, found by typing. */
export function CommandPalette({ onHelp, onClose }: CommandPaletteProps) {
  const { stores, environment } = usePanel();
  const commands = useCommands();
  const [query, setQuery] = useState('');
  const [copied, setCopied] = useState<Copied>();
  const carryOut = useDeeds({ onHelp, onCopied: setCopied });
  const id = environment?.id;

  // Past releases are read when they are first asked for; the palette asks for them, too.
  useEffect(() => {
    const { byEnvironment, load } = stores.releases.getState();
    if (id !== undefined && byEnvironment[id]?.releases === undefined) void load(id, false);
  }, [stores, id]);

  const groups = useMemo(
    () =>
      searchCommands(commands, query).map(
        ({ title, commands: own }): PaletteGroup => ({
          title,
          options: own.map((command) => ({
            id: command.id,
            icon: iconOf(command),
            title: plainText(command.title),
            note: command.note === undefined ? undefined : plainText(command.note),
            keys: command.keys,
            disabled: command.disabled,
          })),
        }),
      ),
    [commands, query],
  );
  return (
    <Palette
      label={t('app:palette.title')}
      placeholder={t('app:palette.hint')}
      query={query}
      onQuery={(next) => {
        setCopied(undefined);
        setQuery(next);
      }}
      groups={groups}
      none={t('app:palette.none')}
      said={saidOf(copied)}
      onPick={(chosen) => {
        const command = commands.find((one) => one.id === chosen);
        if (command === undefined) return;
        if (command.deed.type !== 'copy') onClose();
        carryOut(command.deed);
      }}
      onClose={onClose}
    />
  );
}
