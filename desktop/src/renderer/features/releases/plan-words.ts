import type { Plan, PlanStep, Release } from '#contract/index.ts';
import type { Fact } from '#ui/fact-list.tsx';
import { t } from '#words/index.ts';

function servicesOf(steps: readonly PlanStep[]): readonly string[] {
  return [...new Set(steps.flatMap(({ service, resource }) => service ?? resource))];
}

/** What a deploy or rollback does, in facts for people: what is downloaded, what is replaced, what goes. */
export function planFacts({ steps }: Plan): readonly Fact[] {
  const pulls = steps.filter(({ kind }) => kind === 'image.pull');
  const made = servicesOf(steps.filter(({ kind }) => kind === 'container.create'));
  const stopped = servicesOf(steps.filter(({ kind }) => kind === 'container.stop' || kind === 'container.remove'));
  const replaced = made.filter((name) => stopped.includes(name));
  const added = made.filter((name) => !stopped.includes(name));
  const gone = stopped.filter((name) => !made.includes(name));
  const fact = (names: readonly string[], what: string, note?: string): Fact[] =>
    names.length === 0 ? [] : [{ what, names: names.join(', '), ...(note === undefined ? {} : { note }) }];
  return [
    ...(pulls.length === 0
      ? [{ what: t('releases:plan.nothingDownloaded'), note: t('releases:plan.nothingDownloadedNote') }]
      : fact(
          pulls.map(({ resource }) => resource),
          t('releases:plan.downloaded', { count: pulls.length }),
          t('releases:plan.downloadedNote'),
        )),
    ...fact(replaced, t('releases:plan.replaced', { count: replaced.length }), t('releases:plan.replacedNote')),
    ...fact(added, t('releases:plan.started', { count: added.length })),
    ...fact(gone, t('releases:plan.removed', { count: gone.length })),
    ...(made.length + gone.length === 0
      ? [{ what: t('releases:plan.noneReplaced'), note: t('releases:plan.noneReplacedNote') }]
      : []),
  ];
}

/** The command for a terminal: by version where that is enough to name the release, else by its id. */
export function commandOf({ command }: Plan, target: Release | undefined, all: readonly Release[]): string {
  if (target === undefined) return command;
  const good = all.filter(
    ({ version, outcome, cause }) => version === target.version && outcome === 'done' && cause !== 'rollback',
  );
  return good.length <= 1 && !/\s/.test(target.version) ? command.replace(target.id, target.version) : command;
}
