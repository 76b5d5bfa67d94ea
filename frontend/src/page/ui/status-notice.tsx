import { CircleStop, Hourglass, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Reach } from '../conversation/reach.ts';
import type { Status } from '../conversation/turns.ts';
import { Countdown } from './countdown.tsx';

interface NoticeProps {
  readonly icon: LucideIcon;
  readonly tone: 'calm' | 'bad';
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

function Notice({ icon: Icon, tone, title, children, action }: NoticeProps) {
  return (
    <div className={`notice ${tone}`}>
      <Icon aria-hidden="true" size={18} />
      <p>
        <strong>{title}</strong> {children}
      </p>
      {action && (
        <button type="button" onClick={action.run}>
          {action.label}
        </button>
      )}
    </div>
  );
}

const titles = {
  unreachable: 'Your question is kept.',
  limited: 'You have asked a lot in a short time.',
  busy: 'The shop is very busy.',
};

const kept: Readonly<Record<Reach, string>> = {
  up: 'We are asking it again.',
  down: 'We ask it as soon as the shop is back.',
  offline: 'We ask it as soon as you are online again.',
};

interface StatusNoticeProps {
  readonly status: Status;
  readonly reach: Reach;
  /** Whether a part of the answer is there. */
  readonly begun: boolean;
  readonly onAgain: () => void;
  readonly onStop: () => void;
}

/** Says why there is no answer, or only a part of it, and what can be done; nothing where all is well. */
export function StatusNotice({ status, reach, begun, onAgain, onStop }: StatusNoticeProps) {
  switch (status.kind) {
    case 'waiting':
    case 'streaming':
    case 'answered':
      return null;
    case 'parked':
      return (
        <Notice icon={Hourglass} tone="calm" title={titles[status.why]} action={{ label: 'Do not ask', run: onStop }}>
          {status.why === 'unreachable' ? kept[reach] : <Countdown until={status.until} />}
        </Notice>
      );
    case 'stopped':
      return (
        <Notice
          icon={CircleStop}
          tone="calm"
          title={status.by === 'customer' ? 'Stopped.' : 'The page was left before the answer was complete.'}
          action={{ label: 'Ask again', run: onAgain }}
        />
      );
    case 'failed':
      return (
        <Notice
          icon={TriangleAlert}
          tone="bad"
          title={begun ? 'The answer broke off.' : 'That did not work.'}
          action={status.again ? { label: 'Try again', run: onAgain } : undefined}
        >
          {status.again
            ? 'Something went wrong on our side.'
            : 'The shop could not take this question. Try other words.'}
          {status.correlationId !== undefined && (
            <span className="reference">
              If you write to us about it, mention <code>{status.correlationId}</code>
            </span>
          )}
        </Notice>
      );
  }
}
