import {
  type Action,
  type EndOutcome,
  type Plan,
  QuaysideError,
  type Release,
  type ReleaseComparison,
  type ReleaseImage,
  type RemoteReleases,
  toProblem,
  type Verification,
} from '#contract/index.ts';
import {
  agree,
  type Beyond,
  type NewEvent,
  observe,
  type Run,
  runPlan,
  type StackPlan,
  type Target,
  throwFirst,
  toPlanStep,
} from '#engine/stack/index.ts';
import { allOf, say } from '#kit/say.ts';
import { compareReleases } from './compare/compare.ts';
import { recordFirst } from './first.ts';
import { currentOf } from './history.ts';
import { acquireLock, type LockHolder, readLock } from './lock.ts';
import { type Prepared, prepare, recordOf } from './prepare.ts';
import { createPullable } from './pullable.ts';
import { readinessOf } from './readiness.ts';
import type { Story } from './records/entries.ts';
import { openStory, recover } from './recover.ts';
import { remoteReleases } from './remote.ts';
import { dropOld } from './retention.ts';
import { carryOut, crashPoint, type Ending } from './sequence.ts';
import type { ReleaseDeps } from './types.ts';
import { verify } from './verify.ts';

/** Seconds for which everything has to stay healthy: longer for what never ran than for what is known. */
const windows = { deploy: 5, rollback: 1 } as const;

/** Releases of the projects of one engine. */
export interface Releases extends Beyond {
  /** Newest first, with the readiness of each. */
  list(environment: string): Promise<Release[]>;
  remote(environment: string, signal: AbortSignal): Promise<RemoteReleases>;
  /** Reads back what runs; throws RELEASE_NOT_FOUND where nothing was ever deployed. */
  verify(environment: string): Promise<Verification>;
  /** What going from one release (absent = the current one) to another changes. Throws RELEASE_NOT_FOUND, REGISTRY_*. */
  compare(environment: string, from: string | undefined, to: string): Promise<ReleaseComparison>;
  lock(environment: string): Promise<LockHolder | undefined>;
  /** Finishes or undoes what a crash cut off; one sentence where there was something. */
  recover(environment: string): Promise<string | undefined>;
}

export function createReleases(deps: ReleaseDeps): Releases {
  const stories = async (project: string): Promise<Story[]> => (await (await deps.store(project)).read()).stories;
  const pullable = createPullable(deps.registry);
  return {
    async plan(target, action) {
      const prepared = await prepare(deps, target, action, await stories(target.project));
      return shownPlan(target, action, prepared);
    },
    run: (run) => runRelease(deps, run),
    async list(environment) {
      const target = await deps.target(environment, false);
      const all = await stories(target.project);
      const current = currentOf(all)?.id;
      const open = openStory(all)?.record.id;
      const held = open === undefined ? undefined : await readLock(deps.gateway, target.project);
      let asked: Promise<number | undefined> | undefined;
      const room = () => (asked ??= deps.gateway.freeRoom().catch(() => undefined));
      const around = { pullable, room };
      const shown = all.map(async (story) => ({
        ...describe(story, story.record.id === current, open === story.record.id && held !== undefined && !held.dead),
        readiness: await readinessOf(deps, story, around),
      }));
      return (await Promise.all(shown)).reverse();
    },
    async remote(environment, signal) {
      const target = await deps.target(environment, true);
      return remoteReleases(deps, target, signal);
    },
    async verify(environment) {
      const { project } = await deps.target(environment, false);
      const record = currentOf(await stories(project));
      if (!record) {
        throw new QuaysideError('RELEASE_NOT_FOUND', say`No release of ${project} is recorded here.`, {
          remedy: say`Deploy a version first: quayside deploy VERSION.`,
        });
      }
      return verify(record, await observe(deps.gateway, project), new Date().toISOString());
    },
    async compare(environment, from, to) {
      const target = await deps.target(environment, false);
      return compareReleases(deps, target, await stories(target.project), { from, to });
    },
    async lock(environment) {
      return readLock(deps.gateway, (await deps.target(environment, false)).project);
    },
    async recover(environment) {
      const { project } = await deps.target(environment, false);
      return (await recover(deps, project, () => undefined))?.sentence;
    },
  };
}

/** Deploys or rolls back, and tells all of it; never throws. */
async function runRelease(deps: ReleaseDeps, run: Run): Promise<EndOutcome> {
  const begun = performance.now();
  let told = false;
  const emit = (event: NewEvent): void => {
    run.emit({ ...event, at: new Date().toISOString() });
  };
  const begin = (plan: Plan): void => {
    told = true;
    emit({ type: 'begin', id: run.id, environment: run.target.environment, action: run.action, plan });
    for (const text of plan.warnings) emit({ type: 'note', text });
  };
  const end = ({ outcome, summary, problem }: Ending): EndOutcome => {
    if (!told) begin(emptyPlan(run.target, run.action));
    emit({
      type: 'end',
      outcome,
      seconds: (performance.now() - begun) / 1000,
      summary,
      ...(problem ? { problem } : {}),
    });
    return outcome;
  };
  try {
    const past = await recover(deps, run.target.project, emit);
    const ending = await underLock(deps, run, emit, begin);
    if (past) emit({ type: 'note', text: past.sentence });
    return end(ending);
  } catch (error) {
    const problem = toProblem(error);
    const cancelled = run.signal.aborted;
    return end({
      outcome: cancelled ? 'cancelled' : 'failed',
      summary: problem.message,
      ...(cancelled ? {} : { problem }),
    });
  }
}

async function underLock(
  deps: ReleaseDeps,
  run: Run,
  emit: (event: NewEvent) => void,
  begin: (plan: Plan) => void,
): Promise<Ending> {
  const { action, target } = run;
  const why = `${action.verb} ${action.version ?? action.release ?? ''}`.trim();
  const lock = await acquireLock(deps.gateway, {
    project: target.project,
    operation: run.id,
    why,
    breakStale: action.breakLock === true,
  });
  try {
    crashPoint(deps, 'locked');
    const store = await deps.store(target.project);
    if (!currentOf((await store.read()).stories)) await recordFirst(deps, store, target);
    const { stories } = await store.read();
    const prepared = await prepare(deps, target, action, stories);
    // A release that ran before is brought back in one go: what it asks for was agreed to then.
    if (action.verb === 'deploy') await agree(deps.consent, prepared.model, action);
    begin(shownPlan(target, action, prepared));
    emit({ type: 'stage', stage: 'prepare', text: say`Getting the images of ${prepared.version}.` });
    const images = await pullAll(deps, run, prepared, emit);
    crashPoint(deps, 'pulled');
    const record = await recordOf(deps, target, prepared, images);
    await store.append({ type: 'begin', record });
    crashPoint(deps, 'recorded');
    const window = action.window ?? windows[record.cause === 'rollback' ? 'rollback' : 'deploy'];
    const course = { deps, store, record, model: prepared.model, emit, signal: run.signal, window };
    const ending = await carryOut(course, withoutPulls(prepared.plan));
    if (ending.outcome === 'done') {
      for (const text of pointedNotes(record.pointed, prepared)) emit({ type: 'note', text });
      await dropOld(deps.gateway, store, (await store.read()).stories, deps.keep);
    }
    return ending;
  } finally {
    await lock.release();
  }
}

const isPull = ({ task }: StackPlan['steps'][number]): boolean => task.do === 'pull';

const withoutPulls = (plan: StackPlan): StackPlan => ({ ...plan, steps: plan.steps.filter((step) => !isPull(step)) });

/** Pulls what is not here, and reads back which image each service has now. Nothing that runs is touched. */
async function pullAll(
  deps: ReleaseDeps,
  run: Run,
  prepared: Prepared,
  emit: (event: NewEvent) => void,
): Promise<ReleaseImage[]> {
  const { project } = run.target;
  const { model, plan } = prepared;
  const pulls = { ...plan, steps: plan.steps.filter(isPull) };
  const observed = await observe(deps.gateway, project, model);
  const failures = await runPlan(deps, {
    project,
    model,
    plan: pulls,
    observed,
    emit,
    signal: run.signal,
    confirmed: new Set(),
  });
  throwFirst(failures);
  run.signal.throwIfAborted();
  return Promise.all(
    prepared.images.map(async ({ service, image, digest, source, found }) => {
      const here = found ?? (await deps.gateway.images.find(source ?? image));
      if (!here) {
        throw new QuaysideError(
          'RELEASE_UNAVAILABLE',
          say`The image of ${service} was pulled, but it is not on the engine.`,
          {
            remedy: say`Somebody may be cleaning up at the same time; try again.`,
          },
        );
      }
      return { service, image, imageId: here.id, ...(digest === undefined ? {} : { digest }) };
    }),
  );
}

/** Says which names stand for another image than before, for whoever uses docker compose next. */
function pointedNotes(pointed: Readonly<Record<string, string | null>>, { images, version }: Prepared): string[] {
  const moved = images
    .map(({ image }) => image)
    .filter((name) => pointed[name] !== undefined && pointed[name] !== null);
  if (moved.length === 0) return [];
  return [
    say`On this engine ${allOf([...new Set(moved)])} now stand for ${version}, so that docker compose up -d keeps it.`,
  ];
}

function emptyPlan({ environment, project, own = 'quayside' }: Target, action: Action): Plan {
  const command = `${own} ${wordsOf(action)}`;
  return { environment, project, verb: action.verb, steps: [], warnings: [], keeps: [], command };
}

function shownPlan(target: Target, action: Action, { plan, warnings, risks }: Prepared): Plan {
  const shown = { steps: plan.steps.map(toPlanStep), warnings: [...warnings, ...plan.warnings] };
  return { ...emptyPlan(target, action), ...shown, ...(risks.length === 0 ? {} : { risks: [...risks] }) };
}

/** docker compose has no such verb; this is how to do the same from a terminal. */
function wordsOf({ verb, version, release, digests = {} }: Action): string {
  const given = Object.entries(digests).map(([service, digest]) => `--digest ${service}=${digest}`);
  return [verb, version ?? release ?? '', ...given].filter((word) => word !== '').join(' ');
}

function describe({ record, commit, end }: Story, current: boolean, alive: boolean): Release {
  const {
    model: _model,
    schema: _schema,
    hashes: _hashes,
    composeVersion: _compose,
    plan: _plan,
    ran: _ran,
    pointed: _pointed,
    previous: _previous,
    ...shown
  } = record;
  return {
    ...shown,
    current,
    outcome: end?.outcome ?? (alive ? 'running' : 'interrupted'),
    ...(end ? { endedAt: end.at, summary: end.summary } : {}),
    ...(commit ? { verification: commit.verification } : {}),
  };
}
