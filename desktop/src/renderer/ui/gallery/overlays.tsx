import { Bell, Ellipsis, Play, Square, Tag } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog, InfoDialog } from '../dialog.tsx';
import { ActionMenu } from '../menu.tsx';
import { Refusals } from '../needs.ts';
import { Palette, type PaletteGroup } from '../palette.tsx';
import { Popover, PopoverAction } from '../popover.tsx';
import { nothing, type Shelf } from './exhibit.ts';
import { Opened } from './opened.tsx';

const items = [
  { label: 'Start', icon: Play, onSelect: nothing },
  { label: 'Stop', icon: Square, disabled: true, onSelect: nothing },
];

const groups: readonly PaletteGroup[] = [
  {
    title: 'Actions',
    options: [
      { id: 'start', icon: Play, title: 'Start', note: 'All services of Development', keys: ['s'] },
      { id: 'stop', icon: Square, title: 'Stop', disabled: 'Nothing runs' },
    ],
  },
  { title: 'Releases', options: [{ id: 'release', icon: Tag, title: 'Roll back to 1.4.1', note: 'three days ago' }] },
];

function SamplePalette({ onClose, found }: { onClose: () => void; found: readonly PaletteGroup[] }) {
  const [query, setQuery] = useState('');
  return (
    <Palette
      label="Sample commands"
      placeholder="A page, an action, a release"
      query={query}
      onQuery={setQuery}
      groups={found}
      none="Nothing is called that."
      said=""
      onPick={onClose}
      onClose={onClose}
    />
  );
}

const dialogs = [
  { name: 'question', danger: false, disabled: false },
  { name: 'dangerous question', danger: true, disabled: true },
];

/** What opens over the page. */
export const overlays: readonly Shelf[] = [
  {
    file: 'dialog',
    exhibits: [
      ...dialogs.map(({ name, danger, disabled }) => ({
        name,
        Show: () => (
          <Opened name={name}>
            {(close) => (
              <ConfirmDialog
                open
                title={danger ? 'Remove Development' : 'Restart Development'}
                description={
                  danger ? 'Its containers and networks go.' : '2 services are restarted, one after the other.'
                }
                confirm={danger ? 'Remove' : 'Restart'}
                danger={danger}
                confirmDisabled={disabled}
                onConfirm={close}
                onClose={close}
              >
                <p>What is touched is listed here.</p>
              </ConfirmDialog>
            )}
          </Opened>
        ),
      })),
      {
        name: 'to be read',
        Show: () => (
          <Opened name="to be read">
            {(close) => (
              <InfoDialog
                title="Keyboard shortcuts"
                description="They work everywhere but where you type."
                onClose={close}
              >
                <p>A list stands here.</p>
              </InfoDialog>
            )}
          </Opened>
        ),
      },
    ],
  },
  {
    file: 'palette',
    exhibits: [
      {
        name: 'found',
        Show: () => <Opened name="found">{(close) => <SamplePalette onClose={close} found={groups} />}</Opened>,
      },
      {
        name: 'nothing',
        Show: () => <Opened name="nothing">{(close) => <SamplePalette onClose={close} found={[]} />}</Opened>,
      },
    ],
  },
  {
    file: 'menu',
    exhibits: [
      { name: 'closed', Show: () => <ActionMenu label="More" icon={Ellipsis} items={items} /> },
      {
        name: 'closed, for another role',
        Show: () => (
          <Refusals value={(need) => `Needs the role ${need}`}>
            <ActionMenu
              label="More for another role"
              icon={Ellipsis}
              items={items.map((item) => ({ ...item, needs: 'operator' as const }))}
            />
          </Refusals>
        ),
      },
    ],
  },
  {
    file: 'popover',
    exhibits: [0, 3, 12].map((count) => ({
      name: count === 0 ? 'nothing new' : `${count} new`,
      Show: () => (
        <Popover label={`Messages of sample ${count}`} icon={Bell} count={count}>
          <p>What is in it.</p>
          <PopoverAction onClick={nothing}>Clear</PopoverAction>
        </Popover>
      ),
    })),
  },
];
