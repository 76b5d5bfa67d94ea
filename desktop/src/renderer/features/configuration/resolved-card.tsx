import { useState } from 'react';
import type { ResolvedLine, ResolvedModel } from '#contract/index.ts';
import type { Reading } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { Card } from '#ui/card.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { plainText } from '#ui/plain-text.ts';
import { SearchBox } from '#ui/search-box.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { t, told } from '#words/index.ts';
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
      <ErrorState
        title={t('configuration:resolved.problem')}
        message={told(problem.message)}
        remedy={told(problem.remedy)}
      />
    );
  }
  if (value === undefined) return <Skeleton label={t('configuration:resolved.reading')} lines={8} />;
  const shown = wanted === '' ? value.lines : value.lines.filter((line) => holds(line, wanted));
  return (
    <>
      {value.warnings.length === 0 ? null : (
        <Banner tone="warn" title={t('configuration:resolved.notes', { count: value.warnings.length })}>
          <ul>
            {value.warnings.map((warning) => (
              <li key={warning}>{told(warning)}</li>
            ))}
          </ul>
        </Banner>
      )}
      <SearchBox
        label={t('configuration:resolved.search')}
        placeholder={t('configuration:resolved.searchHint')}
        value={wanted}
        onChange={setWanted}
      />
      <Card title={t('configuration:resolved.title')} aside={t('configuration:resolved.aside')}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
        <section className={css['scroll']} aria-label={t('configuration:resolved.model')} tabIndex={0}>
          <ol className={css['lines']}>
            {shown.map((line, index) => (
              <Line key={index} {...line} />
            ))}
          </ol>
          {shown.length === 0 ? <p className={css['nothing']}>{t('configuration:resolved.nothing')}</p> : null}
        </section>
      </Card>
    </>
  );
}
