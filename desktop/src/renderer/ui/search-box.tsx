import { Search } from 'lucide-react';
import css from './search-box.module.css';

export interface SearchBoxProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  /** Why the text cannot be searched for. */
  problem?: string | undefined;
}

/** A search field that tells what is wrong with its text, where something is. */
export function SearchBox({ label, placeholder, value, onChange, problem }: SearchBoxProps) {
  return (
    <div className={css['box']} data-invalid={problem === undefined ? undefined : ''}>
      <Search size={16} aria-hidden="true" />
      <input
        type="search"
        aria-label={label}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : 'search-problem'}
        placeholder={placeholder}
        maxLength={500}
        spellCheck={false}
        autoComplete="off"
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      {problem === undefined ? null : (
        <span id="search-problem" className={css['problem']} role="status">
          {problem}
        </span>
      )}
    </div>
  );
}
