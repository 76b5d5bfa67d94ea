// biome-ignore-all lint/a11y/useSemanticElements: a select element cannot hold headings, small print and icons
// biome-ignore-all lint/a11y/useFocusableInteractive: the field keeps the focus and names the option that is active
import { Dialog as Base } from '@base-ui/react/dialog';
import { type LucideIcon, Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { t } from '#words/index.ts';
import dialogs from './dialog.module.css';
import { Keys } from './keys.tsx';
import css from './palette.module.css';
import { paletteStep } from './palette-step.ts';

export interface PaletteOption {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly note?: string | undefined;
  readonly keys?: readonly string[] | undefined;
  /** Why it cannot be chosen. */
  readonly disabled?: string | undefined;
}

export interface PaletteGroup {
  readonly title: string;
  readonly options: readonly PaletteOption[];
}

export interface PaletteProps {
  label: string;
  placeholder: string;
  query: string;
  onQuery: (query: string) => void;
  groups: readonly PaletteGroup[];
  /** Stands where nothing fits. */
  none: string;
  /** What choosing something that leaves the palette open has done. */
  said: string;
  onPick: (id: string) => void;
  onClose: () => void;
}

interface OptionProps {
  id: string;
  option: PaletteOption;
  active: boolean;
  onActive: () => void;
  onPick: () => void;
}

function Option({ id, option, active, onActive, onPick }: OptionProps) {
  const { icon: Icon, title, note, keys, disabled } = option;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field chooses the active option on Enter
    <div
      id={id}
      role="option"
      aria-selected={active}
      aria-disabled={disabled !== undefined}
      className={css['option']}
      onPointerMove={onActive}
      onClick={onPick}
    >
      <Icon size={16} aria-hidden="true" />
      <span className={css['words']}>
        <span className={css['title']}>{title}</span>
        {(disabled ?? note) === undefined ? null : <span className={css['note']}>{disabled ?? note}</span>}
      </span>
      {keys === undefined ? null : <Keys keys={keys} />}
    </div>
  );
}

function Foot({ said }: { said: string }) {
  return (
    <div className={css['foot']}>
      <span role="status" className={css['said']}>
        {said}
      </span>
      {said === '' ? (
        <>
          <span className={css['hint']}>
            <Keys keys={['↑', '↓']} /> {t('ui:palette.move')}
          </span>
          <span className={css['hint']}>
            <Keys keys={['Enter']} /> {t('ui:palette.choose')}
          </span>
          <span className={css['hint']}>
            <Keys keys={['Esc']} /> {t('ui:palette.close')}
          </span>
        </>
      ) : null}
    </div>
  );
}

/** A field over a list of things to choose from, driven from the field: arrows, Home, End, Enter, Escape. */
export function Palette(props: PaletteProps) {
  const { label, placeholder, query, onQuery, groups, none, said, onPick, onClose } = props;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<string>();
  const options = groups.flatMap((group) => group.options);
  const at = Math.max(
    0,
    options.findIndex((option) => option.id === chosen),
  );
  const active = options[at];
  const idOf = (option: PaletteOption) => `${id}-${option.id.replaceAll(/\s/g, '_')}`;
  const activeId = active === undefined ? undefined : idOf(active);

  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const pick = (option: PaletteOption | undefined) => {
    if (option !== undefined && option.disabled === undefined) onPick(option.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      pick(active);
      return;
    }
    const next = paletteStep(event.key, at, options.length);
    if (next === undefined) return;
    event.preventDefault();
    setChosen(options[next]?.id);
  };

  return (
    <Base.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={dialogs['backdrop']} />
        <Base.Popup className={css['popup']} aria-label={label} initialFocus={field}>
          <div className={css['search']}>
            <Search size={18} aria-hidden="true" />
            <input
              ref={field}
              type="text"
              role="combobox"
              aria-label={label}
              aria-expanded={options.length > 0}
              aria-controls={`${id}-list`}
              aria-autocomplete="list"
              aria-activedescendant={activeId}
              placeholder={placeholder}
              maxLength={200}
              spellCheck={false}
              autoComplete="off"
              value={query}
              onChange={({ target }) => {
                setChosen(undefined);
                onQuery(target.value);
              }}
              onKeyDown={onKeyDown}
            />
          </div>
          <div
            id={`${id}-list`}
            role="listbox"
            aria-label={label}
            className={css['list']}
            hidden={options.length === 0}
          >
            {groups.map(({ title, options: own }) => (
              <div key={title} role="group" aria-label={title} className={css['group']}>
                <div className={css['heading']} aria-hidden="true">
                  {title}
                </div>
                {own.map((option) => (
                  <Option
                    key={option.id}
                    id={idOf(option)}
                    option={option}
                    active={option === active}
                    onActive={() => {
                      setChosen(option.id);
                    }}
                    onPick={() => {
                      pick(option);
                    }}
                  />
                ))}
              </div>
            ))}
          </div>
          {options.length === 0 ? (
            <p className={css['none']} role="status">
              {none}
            </p>
          ) : null}
          <Foot said={said} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
