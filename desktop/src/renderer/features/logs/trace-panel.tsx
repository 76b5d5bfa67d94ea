import { Filter, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { LogLine, LogPage, Problem } from '#contract/index.ts';
import type { LogsStore } from '#state/index.ts';
import { IconButton } from '#ui/button.tsx';
import { cx } from '#ui/cx.ts';
import { Filled } from '#ui/filled.tsx';
import { plainText } from '#ui/plain-text.ts';
import { t, told } from '#words/index.ts';
import { emptyView, filterOf } from './filter.ts';
import { rowModel } from './row-model.ts';
import { SidePanel } from './side-panel.tsx';
import { shortTime, type Timeline, timelineOf } from './timeline.ts';
import css from './trace-panel.module.css';

export interface TracePanelProps {
  store: LogsStore;
  environment: string;
  request: string;
  colors: ReadonlyMap<string, string>;
  /** Whether it takes the focus when it is shown. */
  focused: boolean;
  selected: number | undefined;
  onOpen: (line: LogLine) => void;
  /** Narrows the list to this request. */
  onOnly: () => void;
  onClose: () => void;
}

interface Read {
  page?: LogPage;
  problem?: Problem;
}

/** The lines of the request, and those that come while it is looked at. */
function useRequest(store: LogsStore, environment: string, request: string, version: number): Read {
  const [read, setRead] = useState<Read>({});
  useEffect(() => {
    const life = new AbortController();
    const load = async () => {
      const filter = { ...filterOf(emptyView), correlationId: request };
      const told = await store.getState().newest(environment, filter, life.signal);
      if (!life.signal.aborted) setRead('problem' in told ? { problem: told.problem } : { page: told.found });
    };
    void load();
    return () => {
      life.abort();
    };
  }, [store, environment, request, version]);
  return read;
}

/** What is held of the request, and how long it took. */
function summary({ moments, lanes, took }: Timeline, more: boolean): string {
  const services = t('logs:request.ofServices', { count: lanes.length });
  const sentence =
    moments.length === 0
      ? t('logs:request.nothingHeld')
      : t('logs:request.summary', { count: moments.length, services, took: shortTime(took) });
  return more ? t('logs:request.newestOnly', { sentence }) : sentence;
}

/** One request across services: when which of them said what, and how long it took. */
export function TracePanel(props: TracePanelProps) {
  const { store, environment, request, colors, focused, selected, onOpen, onOnly, onClose } = props;
  const [asked, setAsked] = useState(0);
  // A request that still runs gets more lines; whoever looks at it for long need not ask.
  useEffect(() => {
    const timer = setTimeout(() => {
      setAsked((count) => Math.min(count + 1, 5));
    }, 2000);
    return () => {
      clearTimeout(timer);
    };
  }, [asked, request]);
  const { page, problem } = useRequest(store, environment, request, asked);
  const timeline = timelineOf(page?.lines ?? []);
  const { moments, lanes } = timeline;
  const color = (service: string) => colors.get(service) ?? 'var(--ink-2)';
  const bar = (start: number, width: number) => ({
    left: `${Math.min(start, 0.99) * 100}%`,
    width: `max(3px, ${width * 100}%)`,
  });
  return (
    <SidePanel
      label={t('logs:request.label')}
      title={<Filled text={t('logs:request.title')} parts={{ request: <bdi>{plainText(request)}</bdi> }} />}
      shown={request}
      focused={focused}
      className={css['panel']}
      onClose={onClose}
      tools={
        <>
          <IconButton icon={Filter} label={t('logs:request.only')} onClick={onOnly} />
          <IconButton icon={X} label={t('logs:request.close')} onClick={onClose} />
        </>
      }
    >
      {problem === undefined ? null : <p role="alert">{told(problem.message)}</p>}
      {page === undefined ? null : <p className={css['sentence']}>{summary(timeline, page.more)}</p>}
      {moments.length === 0 ? null : (
        <>
          <ul className={css['lanes']} aria-label={t('logs:request.services')}>
            {lanes.map(({ service, lines, offset, took: spent, start, width }) => (
              <li key={service}>
                <span className={css['service']} style={{ color: color(service) }}>
                  {service}
                </span>
                <span className={css['track']} aria-hidden="true">
                  <i style={{ ...bar(start, width), background: color(service) }} />
                </span>
                <span className={css['number']}>
                  {shortTime(spent)}
                  <span className={css['hidden']}>
                    {t('logs:request.lane', { count: lines, offset: shortTime(offset) })}
                  </span>
                </span>
              </li>
            ))}
          </ul>
          <ol className={css['moments']} aria-label={t('logs:request.lines')}>
            {moments.map(({ line, offset, gap, start, width }) => (
              <li key={line.seq}>
                <button
                  type="button"
                  className={cx(css['moment'], css[line.level], line.seq === selected && css['selected'])}
                  onClick={() => {
                    onOpen(line);
                  }}
                >
                  <span className={css['number']}>+{shortTime(offset)}</span>
                  <span className={css['service']} style={{ color: color(line.service) }}>
                    {line.service}
                  </span>
                  <span className={css['message']}>
                    <bdi>{rowModel(line).message}</bdi>
                  </span>
                  <span className={css['gap']}>
                    {gap === undefined ? '' : t('logs:request.untilNext', { gap: shortTime(gap) })}
                  </span>
                  <span className={css['track']} aria-hidden="true">
                    <i style={{ ...bar(start, width), background: color(line.service) }} />
                  </span>
                </button>
              </li>
            ))}
          </ol>
        </>
      )}
    </SidePanel>
  );
}
