import { useEffect, useState } from 'react';
import type { ServiceState, LastWords as Words } from '#contract/index.ts';
import { OutputBlock } from '#ui/output-block.tsx';
import { t } from '#words/index.ts';

export type ReadLastWords = (service: string) => Promise<Words | undefined>;

/** Services whose last lines tell what is wrong with them. */
export const isInTrouble = ({ condition }: ServiceState): boolean =>
  condition === 'crashing' || condition === 'failed' || condition === 'unhealthy';

/** Changes when there is something new to read: another end or start of one of its containers. */
const runOf = ({ containers }: ServiceState): string =>
  containers.map(({ id, restarts, startedAt, finishedAt }) => [id, restarts, startedAt, finishedAt].join()).join(' ');

/** What a service in trouble printed last; read again whenever it has ended or started again. */
export function LastWords({ service, read }: { service: ServiceState; read: ReadLastWords }) {
  const [words, setWords] = useState<Words>();
  const run = runOf(service);
  useEffect(() => {
    let wanted = run !== '';
    void read(service.name).then((answer) => {
      if (wanted && answer !== undefined) setWords(answer);
    });
    return () => {
      wanted = false;
    };
  }, [read, service.name, run]);
  if (words === undefined || words.lines.length === 0) return null;
  const title = t('stack:lastLines', { container: words.container ?? service.name });
  return <OutputBlock title={title} text={words.lines.join('\n')} />;
}
