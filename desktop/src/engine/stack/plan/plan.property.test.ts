import fc from 'fast-check';
import { expect, test } from 'vitest';
import { action } from '#contract/index.ts';
import type { Model, ServiceModel } from '#engine/compose/index.ts';
import { EngineModel } from '#testing/engine-model.ts';
import { model, service } from '#testing/stack-fixture.ts';
import { isReplicaOf, isTemporary, numberOf, wantedReplicas } from '../naming.ts';
import type { StackPlan, Step } from './step.ts';
import { planUp } from './up.ts';

const names = ['a', 'b', 'c', 'd'] as const;
const up = action.parse({ verb: 'up', removeOrphans: true });

interface ServiceDraft {
  readonly present: boolean;
  readonly scale: number;
  readonly healthy: boolean;
  readonly environment: number;
  readonly stored: boolean;
  readonly second: boolean;
  /** What it has to do with each service before it. */
  readonly bonds: readonly ('none' | 'started' | 'healthy' | 'restart' | 'namespace')[];
}

const draft: fc.Arbitrary<ServiceDraft> = fc.record({
  present: fc.boolean().map((absent) => !absent),
  scale: fc.integer({ min: 0, max: 3 }),
  healthy: fc.boolean(),
  environment: fc.nat(1),
  stored: fc.boolean(),
  second: fc.boolean(),
  bonds: fc.array(fc.constantFrom('none', 'started', 'healthy', 'restart', 'namespace'), {
    minLength: 3,
    maxLength: 3,
  }),
});

function serviceOf(name: string, index: number, { bonds, ...draftOf }: ServiceDraft, earlier: readonly ServiceModel[]) {
  const on = earlier.flatMap((other, at) => (bonds[at] === 'none' ? [] : [{ other, bond: bonds[at] }]));
  const parent = on.find(({ other, bond }) => bond === 'namespace' && wantedReplicas(other) > 0)?.other.name;
  const dependsOn = on.map(({ other, bond }) => {
    const condition = bond === 'healthy' && other.healthcheck ? 'service_healthy' : 'service_started';
    return [other.name, { condition, required: true, restart: bond === 'restart' || bond === 'namespace' }] as const;
  });
  const networks = { default: null, ...(draftOf.second ? { second: null } : {}) };
  return service(name, {
    scale: draftOf.scale,
    environment: { V: String(draftOf.environment) },
    depends_on: Object.fromEntries(dependsOn),
    ...(draftOf.healthy ? { healthcheck: { test: ['CMD', 'true'] } } : {}),
    ...(draftOf.stored ? { volumes: [{ type: 'volume', source: 'data', target: `/data${index}` }] } : {}),
    networks: parent === undefined ? networks : {},
    ...(parent === undefined ? {} : { network_mode: `service:${parent}` }),
  });
}

const project: fc.Arbitrary<Model> = fc
  .tuple(fc.tuple(draft, draft, draft, draft), fc.boolean())
  .map(([drafts, labelled]) => {
    const services: ServiceModel[] = [];
    drafts.forEach((each, index) => {
      if (each.present || index === 0) services.push(serviceOf(names[index] ?? '', index, each, services));
    });
    const networks = new Map([
      ['default', { name: 'p_default', ...(labelled ? { labels: { changed: 'yes' } } : {}) }],
      ['second', { name: 'p_second' }],
    ]);
    return { ...model(services, new Map([['data', { name: 'p_data' }]])), networks };
  });

/** Numbers that decide what a random choice is. */
const dice = fc.infiniteStream(fc.nat(1_000_000));
type Dice = Iterator<number, unknown>;

function roll(from: Dice, sides: number): number {
  const next = from.next();
  return next.done === true ? 0 : next.value % sides;
}

/** Carries steps out in any order that the plan allows, at most `limit` of them: the rest is lost in a crash. */
function carryOut(engine: EngineModel, of: Model, plan: StackPlan, from: Dice, limit = Number.POSITIVE_INFINITY): void {
  const done = new Set<string>();
  const known = new Set(plan.steps.map(({ id }) => id));
  const left = new Set<Step>(plan.steps);
  engine.begin(plan.slots);
  while (left.size > 0 && done.size < limit) {
    const ready = [...left].filter(({ after }) => after.every((id) => done.has(id) || !known.has(id)));
    const step = ready[roll(from, ready.length)];
    if (!step) throw new Error(`cycle: ${[...left].map(({ id }) => id).join(', ')}`);
    left.delete(step);
    done.add(step.id);
    engine.apply(of, step);
  }
}

/** What somebody else may do to the project. */
function interfere(engine: EngineModel, from: Dice): void {
  const victim = engine.containers[roll(from, Math.max(1, engine.containers.length))];
  if (!victim) return;
  switch (roll(from, 6)) {
    case 0:
      engine.change(victim, { state: 'exited', running: false, exitCode: 137 });
      return;
    case 1:
      engine.containers = engine.containers.filter(({ id }) => id !== victim.id);
      return;
    case 2:
      engine.change(victim, { name: `renamed-${victim.id.slice(0, 12)}` });
      return;
    case 3:
      engine.change(victim, { state: 'dead', running: false });
      return;
    case 4:
      engine.images.set('a:1', `rebuilt-${roll(from, 1000)}`);
      return;
    default: {
      const [network] = engine.networks;
      for (const each of network ? engine.containers : []) {
        const left = Object.entries(each.networks).filter(([, id]) => !each.running || id !== network?.id);
        engine.change(each, { networks: Object.fromEntries(left) });
      }
      engine.networks = engine.networks.slice(1);
    }
  }
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** Milliseconds; it takes a few seconds on a machine that has nothing else to do. */
const timeout = 120_000;
const runs = { numRuns: Number(process.env['QUAYSIDE_PLAN_RUNS'] ?? 300), seed: 4 };

test('whatever was done, cut off or changed by others before: one up gives what the files say, and the next has nothing to do', {
  timeout,
}, () => {
  const round = fc.record({ files: project, cut: fc.nat(12), others: fc.nat(2) });
  fc.assert(
    fc.property(fc.array(round, { maxLength: 3 }), project, dice, (rounds, last, from) => {
      const engine = new EngineModel();
      for (const { files, cut, others } of rounds) {
        carryOut(engine, files, planUp(files, engine.observed(), up), from, cut);
        for (let count = 0; count < others; count += 1) interfere(engine, from);
      }
      const seen = frozen(engine.observed());
      const plan = planUp(frozen(last), seen, up);
      carryOut(engine, last, plan, from);

      expect(planUp(last, engine.observed(), up).steps).toEqual([]);
      expect(engine.containers.filter(isTemporary)).toEqual([]);
      for (const each of last.services.values()) {
        const mine = engine.containers.filter((container) => isReplicaOf(container, each.name));
        expect(mine.filter(({ running }) => running)).toHaveLength(wantedReplicas(each));
        expect(new Set(mine.map(numberOf)).size).toBe(mine.length);
      }
      const wanted = [...last.services.values()].reduce((sum, each) => sum + wantedReplicas(each), 0);
      expect(engine.containers).toHaveLength(wanted);
    }),
    runs,
  );
});

test('the same files and the same engine give the same plan', { timeout }, () => {
  fc.assert(
    fc.property(project, project, dice, (first, second, from) => {
      const engine = new EngineModel();
      carryOut(engine, first, planUp(first, engine.observed(), up), from);
      interfere(engine, from);
      expect(planUp(second, engine.observed(), up)).toEqual(planUp(second, engine.observed(), up));
    }),
    { ...runs, numRuns: 50 },
  );
});
