import { RotateCcw } from 'lucide-react';
import mark from '../icon.svg';

interface HeaderProps {
  readonly started: boolean;
  readonly onClear: () => void;
}

export function Header({ started, onClear }: HeaderProps) {
  return (
    <header className="header">
      <div className="column">
        <p className="brand">
          <img src={mark} alt="" width="28" height="28" />
          Alder <span>&amp;</span> Finch
        </p>
        {started && (
          <button type="button" className="plain" onClick={onClear}>
            <RotateCcw aria-hidden="true" size={15} />
            Start over
          </button>
        )}
      </div>
    </header>
  );
}
