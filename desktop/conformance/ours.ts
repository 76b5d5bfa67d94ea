import { homedir } from 'node:os';
import { type Action, action, toProblem } from '#contract/index.ts';
import { type LoadRequest, loadModel } from '#engine/compose/index.ts';
import { connect, type DockerGateway, guarded, resolveEndpoint } from '#engine/docker/index.ts';
import { projectGuard } from '#engine/stack/guard/project-guard.ts';
import { createSerial } from '#engine/stack/index.ts';
import { observe } from '#engine/stack/observe.ts';
import { planAction } from '#engine/stack/plan/plan-action.ts';
import { ImageCache } from '#engine/stack/run/context.ts';
import { execute } from '#engine/stack/run/execute.ts';
import { runStep } from '#engine/stack/run/run-step.ts';

type Wanted = Partial<Action> & { verb: Action['verb'] };

interface ApplyOptions {
  /** The docker compose in whose name labels and hashes are written. */
  readonly composeVersion: string;
  /** Whether what is created is also started; default true. */
  readonly start?: boolean;
}

/** The steps that our engine would take, by id. */
export function planOurs(request: LoadRequest, wanted: Wanted): Promise<string[]> {
  return withGateway(async (gateway) => (await planned(gateway, request, wanted)).plan.steps.map(({ id }) => id));
}

/** Carries an action out with our engine. Throws the first error of a step. */
export function applyOurs(
  request: LoadRequest,
  wanted: Wanted,
  { composeVersion, start = true }: ApplyOptions,
): Promise<void> {
  return withGateway(async (gateway) => {
    const { model, observed, plan } = await planned(gateway, request, wanted);
    const { name, directory, risks } = model;
    const context = {
      gateway: guarded(gateway, projectGuard({ project: name, directory, risks, confirmed: 'all' })),
      hub: { subscribe: () => () => undefined },
      project: model.name,
      model,
      observed,
      slots: new Map(plan.slots),
      created: new Map<string, string>(),
      images: new ImageCache(gateway, observed.images),
      emit: () => undefined,
      signal: new AbortController().signal,
      composeVersion: () => Promise.resolve(composeVersion),
      quaysideVersion: '0.0.0',
      startGate: createSerial(),
      maskFor: () => (text: string) => text,
    };
    const failures = await execute(plan.steps, {
      run: async (step) => (!start && /^(start|wait)$/.test(step.task.do) ? 'skipped' : runStep(context, step)),
      report: () => undefined,
      signal: context.signal,
      parallel: 8,
    });
    const [first] = failures.values();
    if (first !== undefined) throw new Error(toProblem(first).message);
  });
}

async function planned(gateway: DockerGateway, request: LoadRequest, wanted: Wanted) {
  const model = await loadModel(request);
  const observed = await observe(gateway, model.name, model);
  return { model, observed, plan: planAction(model, observed, action.parse(wanted)) };
}

async function withGateway<T>(use: (gateway: DockerGateway) => Promise<T>): Promise<T> {
  const gateway = connect(await resolveEndpoint({ env: process.env, home: homedir(), platform: process.platform }));
  try {
    return await use(gateway);
  } finally {
    gateway.dispose();
  }
}
