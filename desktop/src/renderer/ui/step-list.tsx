import { Check, Circle, LoaderCircle, type LucideIcon, Minus, OctagonAlert } from 'lucide-react';
import { cx } from './cx.ts';
import css from './step-list.module.css';

export type StepMark = 'pending' | 'running' | 'done' | 'failed' | 'none';

export interface ListedStep {
  name: string;
  mark: StepMark;
  /** How it stands, in a word or two. */
  word: string;
  /** How long it took, or has taken. */
  time: string;
  /** What went wrong in it. */
  messages?: readonly string[];
}

const icons: Record<StepMark, LucideIcon> = {
  pending: Circle,
  running: LoaderCircle,
  done: Check,
  failed: OctagonAlert,
  none: Minus,
};
const looks: Partial<Record<StepMark, string>> = { running: 'spin', done: 'done', failed: 'failed' };

/** The parts of something long, with how each stands; what failed in one is told below it. */
export function StepList({ label, steps }: { label: string; steps: readonly ListedStep[] }) {
  return (
    <ol className={css['steps']} aria-label={label}>
      {steps.map(({ name, mark, word, time, messages = [] }) => {
        const Icon = icons[mark];
        return (
          <li key={name} className={cx(css['step'], mark === 'pending' && css['later'])}>
            <Icon size={16} aria-hidden="true" className={css[looks[mark] ?? '']} />
            <span className={css['name']}>{name}</span>
            <span className={css['state']}>{word}</span>
            <span className={css['time']}>{time}</span>
            {messages.map((message) => (
              <span key={message} className={css['message']}>
                {message}
              </span>
            ))}
          </li>
        );
      })}
    </ol>
  );
}
