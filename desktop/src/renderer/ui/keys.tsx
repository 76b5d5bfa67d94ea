import css from './keys.module.css';

const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** `Mod+K` as the keyboard in front of the reader has it. */
const spelled = (key: string): string => key.replace('Mod+', mac ? '⌘' : 'Ctrl ');

/** Keys that are pressed one after the other. */
export function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <span className={css['keys']}>
      {keys.map((key, index) => (
        <kbd key={index}>{spelled(key)}</kbd>
      ))}
    </span>
  );
}

export interface KeyWords {
  readonly keys: readonly string[];
  readonly title: string;
}

/** What the keys do, one below the other. */
export function KeyList({ list }: { list: readonly KeyWords[] }) {
  return (
    <dl className={css['list']}>
      {list.map(({ keys, title }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>
            <Keys keys={keys} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
