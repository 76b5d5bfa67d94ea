import { useState } from 'react';
import type { ResolvedLine, ResolvedModel } from '#contract/index.ts';
import type { Reading } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { Card } from '#ui/card.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { counted } from '#ui/format.ts';
import { plainText } from '#ui/plain-text.ts';
import { SearchBox } from '#ui/search-box.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import css from './resolved.module.css';

function Line({ text, origin }: ResolvedLine) {
  return (
    <li className={css['line']}>
      <code>{plainText(text)}</code>
      {origin === undefined ? null : (
        <span className={css['origin']}>
          {origin.file}:{origin.line}
          {origin.variables.map((name) => (
            <b key={name}>${name}</b>
          ))}
        </span>
      )}
    </li>
  );
}

const holds = ({ text, origin }: ResolvedLine, wanted: string): boolean =>
  [text, `${origin?.file ?? ''}:${origin?.line ?? ''}`, ...(origin?.variables ?? [])].some((word) =>
    word.toLowerCase().includes(wanted.toLowerCase()),
  );

/** All compose files put together, as they are carried out, with the place that each line comes from beside it. */
export function ResolvedCard({ resolved }: { resolved: Reading<ResolvedModel> | undefined }) {
  const [wanted, setWanted] = useState('');
  const { value, problem } = resolved ?? {};
  if (problem !== undefined) {
    return (
      <ErrorState title="The compose files cannot be put together" message={problem.message} remedy={problem.remedy} />
    );
  }
  if (value === undefined) return <Skeleton label="Putting the compose files together" lines={8} />;
  const shown = wanted === '' ? value.lines : value.lines.filter((line) => holds(line, wanted));
  return (
    <>
      {value.warnings.length === 0 ? null : (
        <Banner tone="warn" title={counted(value.warnings.length, 'note on the files', 'notes on the files')}>
          <ul>
            {value.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Banner>
      )}
      <SearchBox
        label="Search the resolved files"
        placeholder="Search by text, file or variable"
        value={wanted}
        onChange={setWanted}
      />
      <Card title="Resolved compose files" aside="secrets masked · where it comes from at the right">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
        <section className={css['scroll']} aria-label="Resolved model" tabIndex={0}>
          <ol className={css['lines']}>
            {shown.map((line, index) => (
              <Line key={index} {...line} />
            ))}
          </ol>
          {shown.length === 0 ? <p className={css['nothing']}>No line holds that.</p> : null}
        </section>
      </Card>
    </>
  );
}
