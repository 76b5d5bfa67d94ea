import { useEffect } from 'react';
import type { BuildRecord, BuildSummary, Problem } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { useNow } from '#ui/use-now.ts';
import { operationBuilds } from './operation-builds.ts';

const second = 1000;
const minute = 60_000;

/** The last build before this one of the same service that came to its end. */
function buildBefore({ service, startedAt }: BuildSummary, list: readonly BuildSummary[]): BuildSummary | undefined {
  return list.find((one) => one.service === service && one.outcome === 'done' && one.startedAt < startedAt);
}

const isWhole = (record: BuildRecord | Problem): record is BuildRecord => 'steps' in record;

/** What the page shows of an environment's builds; `selected` is an id, absent for the newest. */
export function useBuilds(stores: Stores, environment: string, selected: string | undefined) {
  const entry = useStore(stores.builds, ({ byEnvironment }) => byEnvironment[environment]);
  const watch = useStore(stores.builds, (state) => state.watch);
  const read = useStore(stores.builds, (state) => state.read);
  const view = useStore(stores.operation, ({ byEnvironment }) => byEnvironment[environment]?.view);
  const busy = view !== undefined && view.end === undefined;
  const now = useNow(true, busy ? second : minute);
  useEffect(() => watch(environment), [watch, environment]);

  const list = entry?.list ?? [];
  const live = operationBuilds(view, now).filter(
    ({ record, running }) => running || !list.some(({ id }) => id === record.id),
  );
  const running = live.filter((one) => one.running).map(({ record }) => record);
  const all = [
    ...live.map(({ record }) => record),
    ...list.filter(({ id }) => !live.some(({ record }) => record.id === id)),
  ].sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  const chosen = selected === undefined ? all[0] : all.find(({ id }) => id === selected);
  const before = chosen === undefined ? undefined : buildBefore(chosen, list);

  const written = list.find(({ id }) => id === chosen?.id)?.id;
  const wanted = [written, before?.id].filter((id) => id !== undefined).join(' ');
  useEffect(() => {
    for (const id of wanted.split(' ')) if (id !== '') void read(environment, id);
  }, [read, environment, wanted]);

  const record = (id: string | undefined) => (id === undefined ? undefined : entry?.records[id]);
  const told = live.find(({ record: { id } }) => id === chosen?.id)?.record ?? record(chosen?.id);
  const beforeTold = record(before?.id);
  return {
    entry,
    now,
    running,
    all,
    chosen,
    before,
    build: told !== undefined && isWhole(told) ? told : undefined,
    refused: told !== undefined && !isWhole(told) ? told : undefined,
    beforeWhole: beforeTold !== undefined && isWhole(beforeTold) ? beforeTold : undefined,
  };
}
