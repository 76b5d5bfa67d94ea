import { type SparkPoint, sparkHeight, sparkLines, sparkWidth } from './spark-lines.ts';
import css from './sparkline.module.css';

export interface SparklineProps {
  /** Oldest first. */
  points: readonly SparkPoint[];
  /** What reaches the top at least, so that a little noise is not drawn as mountains. */
  atLeast: number;
  /** The times at its edges; those of the first and the last point where they are not given. */
  span?: readonly [from: number, to: number];
  /** What it shows, in words; without it the figures have to stand beside it. */
  label?: string | undefined;
}

/** A small line of how a figure went, broken where there was none. */
export function Sparkline({ points, atLeast, span, label }: SparklineProps) {
  const [from, to] = span ?? [points[0]?.at ?? 0, points.at(-1)?.at ?? 0];
  const top = points.reduce((highest, { value = 0 }) => Math.max(highest, value), atLeast);
  const lines = points.length < 2 ? [] : sparkLines(points, from, to, top);
  const drawing = (
    <svg
      className={css['spark']}
      viewBox={`0 0 ${sparkWidth} ${sparkHeight}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {lines.map((line) => (
        <polyline key={line} points={line} />
      ))}
    </svg>
  );
  if (label === undefined) return drawing;
  return (
    <span role="img" aria-label={label} title={label}>
      {drawing}
    </span>
  );
}
