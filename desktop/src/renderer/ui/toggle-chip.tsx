import type { ReactNode } from 'react';
import css from './toggle-chip.module.css';

export interface ToggleChipProps {
  pressed: boolean;
  onToggle: () => void;
  /** Colour of the dot before the words, as a CSS value. */
  dot?: string;
  children: ReactNode;
}

/** A small round button that is on or off. */
export function ToggleChip({ pressed, onToggle, dot, children }: ToggleChipProps) {
  return (
    <button type="button" className={css['chip']} aria-pressed={pressed} onClick={onToggle}>
      {dot === undefined ? null : <i className={css['dot']} style={{ background: dot }} aria-hidden="true" />}
      {children}
    </button>
  );
}
