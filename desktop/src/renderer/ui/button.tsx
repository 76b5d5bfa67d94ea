import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, Ref } from 'react';
import css from './button.module.css';
import { cx } from './cx.ts';
import { type Need, useRefusal } from './needs.ts';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'plain' | 'primary' | 'quiet' | 'danger';
  icon?: LucideIcon;
  /** Where whoever looks at it does not have that, it is disabled and says so. */
  needs?: Need | undefined;
  ref?: Ref<HTMLButtonElement>;
}

/** A push button with an optional icon before its words. */
export function Button({ look = 'plain', icon: Icon, needs, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} {...useRefused(needs)} className={cx(css['button'], css[look], className)}>
      {Icon === undefined ? null : <Icon size={16} aria-hidden="true" />}
      {children}
    </button>
  );
}

/** A title is what the tooltip shows and what screen readers say after the name. */
function useRefused(needs: Need | undefined): { disabled?: true; title?: string } {
  const refused = useRefusal(needs);
  return refused === undefined ? {} : { disabled: true, title: refused };
}

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  icon: LucideIcon;
  /** The name that screen readers say and the tooltip shows. */
  label: string;
  /** Where whoever looks at it does not have that, it is disabled and says so. */
  needs?: Need | undefined;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that shows only an icon. */
export function IconButton({ icon: Icon, label, needs, className, ...rest }: IconButtonProps) {
  const refused = useRefused(needs);
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      {...refused}
      className={cx(css['icon'], className)}
    >
      <Icon size={16} aria-hidden="true" />
    </button>
  );
}
