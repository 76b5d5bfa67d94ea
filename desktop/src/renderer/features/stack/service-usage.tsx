import type { ReactNode } from 'react';
import type { ServiceUsage as Usage } from '#contract/index.ts';
import { type UsagePoint, usageHistoryMs } from '#state/index.ts';
import { cx } from '#ui/cx.ts';
import { decimal, memory as memorySize } from '#ui/format.ts';
import { Sparkline } from '#ui/sparkline.tsx';
import { t } from '#words/index.ts';
import { NotReadYet } from './not-read-yet.tsx';
import css from './services-card.module.css';
import { type UsageSource, useUsageOf, useUsagePace } from './use-usage.ts';

/** From this share of its limit on, a container is about to be killed. */
const nearLimit = 0.9;
/** What reaches the top of a line at least: a tenth of a core, 16 MB. */
const leastCores = 0.1;
const leastMemory = 16 * 2 ** 20;

/** `3.0 %`, `120 %`: of one core, as `docker stats` tells it. */
function percent(share: number): string {
  const value = share * 100;
  return `${decimal(value, value > 0 && value < 10)} %`;
}

const memoryText = ({ memory, memoryLimit }: Usage): string =>
  memoryLimit === undefined ? memorySize(memory) : `${memorySize(memory)} (${percent(memory / memoryLimit)})`;

function warningOf({ fullest = 0, memoryLimit, containers }: Usage): string | undefined {
  if (fullest < nearLimit) return undefined;
  if (containers.length === 1 && memoryLimit !== undefined) {
    return t('stack:usage.nearLimit', { limit: memorySize(memoryLimit) });
  }
  return t('stack:usage.oneNearLimit', { share: percent(fullest) });
}

/** `CPU in the last five minutes: now 3.0 %, at most 12 %`. */
function inWords(what: string, points: readonly UsagePoint[], text: (value: number) => string): string {
  const values = points.flatMap(({ value }) => value ?? []);
  const last = points.at(-1)?.value;
  const now = last === undefined ? t('stack:usage.unknown') : text(last);
  if (values.length === 0) return t('stack:usage.lately', { what, now });
  return t('stack:usage.latelyMost', { what, now, most: text(Math.max(...values)) });
}

interface LineProps {
  what: string;
  now: ReactNode;
  points: readonly UsagePoint[];
  atLeast: number;
  text: (value: number) => string;
  full: boolean;
}

function Line({ what, now, points, atLeast, text, full }: LineProps) {
  const to = points.at(-1)?.at ?? 0;
  return (
    <>
      <dt>{what}</dt>
      <dd className={cx(full && css['near'])}>{now}</dd>
      <dd>
        {points.length < 2 ? null : (
          <Sparkline
            points={points}
            atLeast={atLeast}
            span={[to - usageHistoryMs, to]}
            label={inWords(what, points, text)}
          />
        )}
      </dd>
    </>
  );
}

export interface ServiceUsageProps {
  name: string;
  source: UsageSource;
  /** True where it runs, so that figures are to be expected. */
  expected: boolean;
  /** True where its containers have not been read yet, so that nobody knows what is to be expected. */
  unread: boolean;
}

/** What one service uses now and used in the last minutes. */
export function ServiceUsage({ name, source, expected, unread }: ServiceUsageProps) {
  const history = useUsageOf(source, name);
  const none = useUsagePace(source) === undefined ? <NotReadYet /> : '–';
  if (history === undefined && unread) return <NotReadYet />;
  if (history === undefined && !expected) return <span className={css['none']}>–</span>;
  const { last, cpu = [], memory = [] } = history ?? {};
  const warning = last === undefined ? undefined : warningOf(last);
  return (
    <dl className={css['usage']}>
      <Line
        what={t('stack:usage.cpu')}
        now={last?.cores === undefined ? none : percent(last.cores)}
        points={cpu}
        atLeast={leastCores}
        text={percent}
        full={false}
      />
      <Line
        what={t('stack:usage.memory')}
        now={last === undefined ? none : memoryText(last)}
        points={memory}
        atLeast={last?.memoryLimit ?? leastMemory}
        text={memorySize}
        full={warning !== undefined}
      />
      {warning === undefined ? null : <dd className={css['full']}>{warning}</dd>}
    </dl>
  );
}

/** The same in a line, where there is no room for a column. */
export function NarrowUsage({ name, source }: Pick<ServiceUsageProps, 'name' | 'source'>) {
  const last = useUsageOf(source, name)?.last;
  if (last === undefined) return null;
  const warning = warningOf(last);
  const memory = memoryText(last);
  return (
    <p className={css['narrow']}>
      {last.cores === undefined
        ? t('stack:usage.memoryOnly', { memory })
        : t('stack:usage.both', { cpu: percent(last.cores), memory })}
      {warning === undefined ? null : <strong className={css['near']}>: {warning}</strong>}
    </p>
  );
}

/** Says what the figures are and how often they are read. */
export function UsageNote({ source }: { source: UsageSource }) {
  const everySeconds = useUsagePace(source);
  if (everySeconds === undefined) return null;
  return <small className={css['note']}>{t('stack:usage.note', { seconds: everySeconds })}</small>;
}
