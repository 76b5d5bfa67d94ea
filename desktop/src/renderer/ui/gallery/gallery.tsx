import { useState } from 'react';
import { cx } from '../cx.ts';
import { SegmentedControl } from '../segmented-control.tsx';
import type { Shelf } from './exhibit.ts';
import css from './gallery.module.css';
import { shelves } from './shelves.ts';

const themes = ['System', 'Light', 'Dark'].map((title) => ({ id: title.toLowerCase(), title }));

function ThemeControl() {
  const [theme, setTheme] = useState('system');
  return (
    <SegmentedControl
      label="Theme"
      segments={themes}
      value={theme}
      onChange={(id) => {
        setTheme(id);
        if (id === 'system') delete document.documentElement.dataset['theme'];
        else document.documentElement.dataset['theme'] = id;
      }}
    />
  );
}

function ShelfView({ file, exhibits, wide }: Shelf) {
  return (
    <section className={cx(css['shelf'], wide && css['wide'])} aria-label={file}>
      <code className={css['file']}>ui/{file}.tsx</code>
      {exhibits.map(({ name, Show }) => (
        <figure key={name} className={css['exhibit']}>
          <figcaption>{name}</figcaption>
          <div className={css['stand']}>
            <Show />
          </div>
        </figure>
      ))}
    </section>
  );
}

/** Every component of the design system in every state; for development only. */
export function Gallery() {
  return (
    <main className={css['gallery']}>
      <div className={css['head']}>
        <strong>Design system</strong>
        <ThemeControl />
      </div>
      {shelves.map(({ title, shelves: list }) => (
        <section key={title} aria-label={title}>
          <p className={css['title']}>{title}</p>
          <div className={css['shelves']}>
            {list.map((shelf) => (
              <ShelfView key={shelf.file} {...shelf} />
            ))}
          </div>
        </section>
      ))}
    </main>
  );
}
