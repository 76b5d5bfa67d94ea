import { Play, Square, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Agreement } from '../agreement.tsx';
import { Button, IconButton } from '../button.tsx';
import { CheckField } from '../check-field.tsx';
import { CopyButton, CopyFace } from '../copy-button.tsx';
import { CopyCommand } from '../copy-command.tsx';
import { FilterChip } from '../filter-chip.tsx';
import { Refusals } from '../needs.ts';
import { SearchBox } from '../search-box.tsx';
import { SegmentedControl } from '../segmented-control.tsx';
import { TextArea, TextField } from '../text-field.tsx';
import { ToggleChip } from '../toggle-chip.tsx';
import { TypedConfirmation } from '../typed-confirmation.tsx';
import { nothing, type Shelf } from './exhibit.ts';

const command = 'docker compose -p shop-prod -f docker-compose.prod.yml up -d --wait --remove-orphans';

function Checks({ note, begin = true }: { note?: string; begin?: boolean }) {
  const [checked, setChecked] = useState(begin);
  return <CheckField title="Wrap long lines" checked={checked} onChange={setChecked} {...(note ? { note } : {})} />;
}

function Segments() {
  const [value, setValue] = useState('light');
  const segments = ['System', 'Light', 'Dark'].map((title) => ({ id: title.toLowerCase(), title }));
  return <SegmentedControl label="Look of a sample" segments={segments} value={value} onChange={setValue} />;
}

function Chip({ dot }: { dot?: string }) {
  const [pressed, setPressed] = useState(dot !== undefined);
  return (
    <ToggleChip
      pressed={pressed}
      onToggle={() => {
        setPressed(!pressed);
      }}
      {...(dot === undefined ? {} : { dot })}
    >
      backend
    </ToggleChip>
  );
}

function Search({ problem = false }: { problem?: boolean }) {
  const [value, setValue] = useState(problem ? '/[/' : '');
  return (
    <>
      <SearchBox
        label={problem ? 'Search with a problem' : 'Search'}
        placeholder="Words, /expression/, field=value"
        value={value}
        onChange={setValue}
        problemId={problem ? 'sample-problem' : undefined}
      />
      {problem ? <small id="sample-problem">The expression has no end.</small> : null}
    </>
  );
}

/** What is pressed, switched and written into. */
export const controls: readonly Shelf[] = [
  {
    file: 'button',
    exhibits: [
      ...(['plain', 'primary', 'quiet', 'danger'] as const).map((look) => ({
        name: look,
        Show: () => (
          <>
            <Button look={look}>Apply changes</Button>
            <Button look={look} icon={look === 'danger' ? Trash2 : Play}>
              Start
            </Button>
            <Button look={look} icon={Square} disabled>
              Disabled
            </Button>
          </>
        ),
      })),
      {
        name: 'icon only',
        Show: () => (
          <>
            <IconButton icon={Square} label="Stop" />
            <IconButton icon={Square} label="Stop, disabled" disabled />
          </>
        ),
      },
      {
        name: 'for another role',
        Show: () => (
          <Refusals value={(need) => `Needs the role ${need}`}>
            <Button needs="operator">Restart</Button>
            <Button needs="operator" look="primary">
              Deploy
            </Button>
            <IconButton needs="admin" icon={Trash2} label="Remove" />
          </Refusals>
        ),
      },
    ],
  },
  {
    file: 'check-field',
    exhibits: [
      { name: 'alone', Show: () => <Checks /> },
      { name: 'off', Show: () => <Checks begin={false} /> },
      { name: 'with a note', Show: () => <Checks note="How the page opens; its own button changes it there." /> },
    ],
  },
  { file: 'segmented-control', exhibits: [{ name: 'one of three', Show: Segments }] },
  {
    file: 'toggle-chip',
    exhibits: [
      { name: 'off', Show: () => <Chip /> },
      { name: 'on, with a colour', Show: () => <Chip dot="var(--accent)" /> },
    ],
  },
  {
    file: 'filter-chip',
    exhibits: [
      { name: 'can be removed', Show: () => <FilterChip text="level >= warn" onRemove={nothing} /> },
      {
        name: 'can be turned round',
        Show: () => (
          <FilterChip text="status = 500" turn={{ label: 'exclude it', onTurn: nothing }} onRemove={nothing} />
        ),
      },
    ],
  },
  {
    file: 'search-box',
    exhibits: [
      { name: 'empty', Show: () => <Search /> },
      { name: 'not understood', Show: () => <Search problem /> },
    ],
  },
  {
    file: 'text-field',
    exhibits: [
      {
        name: 'with a note',
        Show: () => <TextField label="VERSION" value="1.4.2" note="Which images run." onChange={nothing} />,
      },
      {
        name: 'wrong',
        Show: () => <TextField label="PORT" value="80000" problem="Ports end at 65535." onChange={nothing} />,
      },
      { name: 'hidden', Show: () => <TextField label="API_TOKEN" value="a-secret" hidden onChange={nothing} /> },
      { name: 'only to be read', Show: () => <TextField label="File" value=".env" readOnly onChange={nothing} /> },
      {
        name: 'many lines',
        Show: () => <TextArea label="Text of .env" value={'# Ports\nPORT=8000\n'} onChange={nothing} />,
      },
    ],
  },
  {
    file: 'typed-confirmation',
    exhibits: [
      {
        name: 'asked',
        Show: () => (
          <TypedConfirmation word="shop-dev_data" meaning="to delete its data for good." onChange={nothing} />
        ),
      },
    ],
  },
  {
    file: 'agreement',
    wide: true,
    exhibits: [
      {
        name: 'asked',
        Show: () => (
          <Agreement
            points={[
              { text: 'the service web is privileged', note: 'compose.yaml:7' },
              { text: 'web uses /etc, outside the project', note: 'compose.yaml:9' },
            ]}
            word="shop-dev"
            onChange={nothing}
          />
        ),
      },
    ],
  },
  {
    file: 'copy-button',
    exhibits: [
      { name: 'at rest', Show: () => <CopyButton text="copied" label="Copy the text" /> },
      ...(['copied', 'refused'] as const).map((outcome) => ({
        name: outcome,
        Show: () => <CopyFace label="Copy the text" outcome={outcome} onClick={nothing} />,
      })),
    ],
  },
  {
    file: 'copy-command',
    exhibits: [{ name: 'longer than its place', Show: () => <CopyCommand command={command} /> }],
  },
];
