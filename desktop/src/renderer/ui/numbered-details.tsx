import css from './numbered-details.module.css';

/** A list for whoever wants to know it exactly, folded away. */
export function NumberedDetails({ summary, lines }: { summary: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <details className={css['details']}>
      <summary>{summary}</summary>
      <ol>
        {lines.map((line, index) => (
          <li key={index}>{line}</li>
        ))}
      </ol>
    </details>
  );
}
