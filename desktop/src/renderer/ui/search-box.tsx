import { Search } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import css from './search-box.module.css';

export interface SearchBoxProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  /** Id of the element that says why the text cannot be searched for, where it cannot. */
  problemId?: string | undefined;
  /** Enter was pressed, with or without the shift key. */
  onEnter?: (shift: boolean) => void;
  ref?: Ref<HTMLInputElement>;
  /** Buttons behind the text. */
  children?: ReactNode;
}

/** A search field. */
export function SearchBox({ label, placeholder, value, onChange, problemId, onEnter, ref, children }: SearchBoxProps) {
  return (
    <div className={css['box']} data-invalid={problemId === undefined ? undefined : ''}>
      <Search size={16} aria-hidden="true" />
      <input
        ref={ref}
        type="search"
        aria-label={label}
        aria-invalid={problemId !== undefined}
        aria-describedby={problemId}
        placeholder={placeholder}
        maxLength={500}
        spellCheck={false}
        autoComplete="off"
        dir="auto"
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        onKeyDown={({ key, shiftKey }) => {
          if (key === 'Enter') onEnter?.(shiftKey);
        }}
      />
      {children}
    </div>
  );
}
