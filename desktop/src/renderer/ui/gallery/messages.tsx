import { Layers } from 'lucide-react';
import { Banner } from '../banner.tsx';
import { Button } from '../button.tsx';
import { EmptyState } from '../empty-state.tsx';
import { ErrorState } from '../error-state.tsx';
import { Filled } from '../filled.tsx';
import { Progress } from '../progress.tsx';
import { Skeleton } from '../skeleton.tsx';
import { Sparkline } from '../sparkline.tsx';
import { type BadgeIcon, StateBadge } from '../state-badge.tsx';
import { StateDot } from '../state-dot.tsx';
import { ToastArea } from '../toast-area.tsx';
import type { Tone } from '../tone.ts';
import { ToneIcon } from '../tone-icon.tsx';
import { nothing, type Shelf } from './exhibit.ts';

const tones: readonly [Tone, string][] = [
  ['ok', 'Healthy'],
  ['busy', 'Starting'],
  ['warn', 'Degraded'],
  ['bad', 'Unhealthy'],
  ['off', 'Stopped'],
];

const badges: readonly [Tone, BadgeIcon, string][] = [
  ['ok', 'check', 'Healthy'],
  ['busy', 'spin', 'Starting'],
  ['busy', 'clock', 'Waiting'],
  ['warn', 'alert', 'Degraded'],
  ['bad', 'stop', 'Crashing'],
  ['off', 'pause', 'Paused'],
  ['off', 'dash', 'Not created'],
  ['off', 'slash', 'Stopped'],
  ['off', 'help', 'Unknown'],
];

/** With a while in which nothing was known. */
const figures = [3, 4, 9, 2, undefined, undefined, 3, 5, 4].map((value, at) => ({ at, value }));

const toasts = tones.map(([tone, word], id) => ({
  id,
  tone,
  title: `backend: ${word}`,
  note: 'Development, a minute ago',
}));

/** What says how things stand. */
export const messages: readonly Shelf[] = [
  {
    file: 'banner',
    wide: true,
    exhibits: [
      ...tones.map(([tone, word]) => ({
        name: tone,
        Show: () => (
          <Banner tone={tone} title={word}>
            <p>A sentence on what that means, and what can be done about it.</p>
          </Banner>
        ),
      })),
      {
        name: 'with actions',
        Show: () => (
          <Banner
            tone="warn"
            title="The files differ from what runs"
            actions={<Button>Apply changes</Button>}
            onDismiss={nothing}
          >
            <p>2 services would be recreated.</p>
          </Banner>
        ),
      },
    ],
  },
  {
    file: 'state-badge',
    exhibits: badges.map(([tone, icon, word]) => ({
      name: icon,
      Show: () => <StateBadge tone={tone} icon={icon} word={word} />,
    })),
  },
  {
    file: 'state-dot',
    exhibits: tones.map(([tone, word]) => ({
      name: tone,
      Show: () => (
        <span>
          <StateDot tone={tone} /> {word}
        </span>
      ),
    })),
  },
  {
    file: 'tone-icon',
    exhibits: tones.map(([tone, word]) => ({
      name: tone,
      Show: () => (
        <span>
          <ToneIcon tone={tone} /> {word}
        </span>
      ),
    })),
  },
  {
    file: 'progress',
    exhibits: [
      { name: 'without an end in sight', Show: () => <Progress label="Reading" /> },
      ...[0, 0.4, 1].map((value) => ({
        name: `${value * 100} %`,
        Show: () => <Progress label={`Progress at ${value}`} value={value} text={`${value * 10} of 10`} />,
      })),
    ],
  },
  {
    file: 'sparkline',
    exhibits: [
      {
        name: 'with words of its own',
        Show: () => <Sparkline points={figures} atLeast={1} label="CPU: now 4, at most 9" />,
      },
      { name: 'beside its figure, nothing to show yet', Show: () => <Sparkline points={[]} atLeast={1} /> },
    ],
  },
  { file: 'skeleton', exhibits: [{ name: 'reading', Show: () => <Skeleton label="Reading the services" /> }] },
  {
    file: 'empty-state',
    exhibits: [
      {
        name: 'with an action',
        Show: () => (
          <EmptyState
            icon={Layers}
            title="Nothing has been started yet"
            actions={<Button look="primary">Start</Button>}
          >
            Start builds the images and brings the services up.
          </EmptyState>
        ),
      },
      { name: 'alone', Show: () => <EmptyState icon={Layers} title="No line passes the filter" /> },
    ],
  },
  {
    file: 'filled',
    exhibits: [
      {
        name: 'with one part in code',
        Show: () => <Filled text="Run {command} to sign in." parts={{ command: <code>quayside users</code> }} />,
      },
    ],
  },
  {
    file: 'error-state',
    exhibits: [
      {
        name: 'with remedy and details',
        Show: () => (
          <ErrorState
            title="The compose files cannot be read"
            message="docker-compose.dev.yml:14:7: All collection items must start at the same column"
            remedy="Indent the line like its neighbours."
            details="COMPOSE_INVALID"
            actions={<Button>Try again</Button>}
          />
        ),
      },
      { name: 'alone', Show: () => <ErrorState title="The page broke" message="Something was undefined." /> },
    ],
  },
  {
    file: 'toast-area',
    exhibits: [
      {
        name: 'every tone',
        Show: () => (
          <ToastArea label="Sample messages" toasts={toasts} onShow={nothing} onDismiss={nothing} onHold={nothing} />
        ),
      },
    ],
  },
];
