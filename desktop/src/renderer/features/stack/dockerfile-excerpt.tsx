import { cx } from '#ui/cx.ts';
import { plainText } from '#ui/plain-text.ts';
import css from './build-panel.module.css';
import type { BuildFailure } from './problem-text.ts';

/** The lines of a Dockerfile around the one that failed. */
export function DockerfileExcerpt({ failure }: { failure: BuildFailure }) {
  if (failure.excerpt.length === 0) return null;
  return (
    <figure className={css['excerpt']}>
      <figcaption>{failure.dockerfile ?? 'Dockerfile'}</figcaption>
      <ol>
        {failure.excerpt.map(({ line, text, failing }) => (
          <li key={line} className={cx(failing && css['failedLine'])}>
            <span className={css['number']}>{line}</span>
            <code>{plainText(text)}</code>
            {failing ? <span className={css['here']}>failed here</span> : null}
          </li>
        ))}
      </ol>
    </figure>
  );
}
