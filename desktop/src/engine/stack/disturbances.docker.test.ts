import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { createComposeProject } from '#testing/compose-project.ts';
import { docker } from '#testing/docker-cli.ts';
import { operationsOn } from '#testing/operations-on.ts';
import { composeFile, type Disturbed, disturbances } from '#testing/stack-disturbances.ts';
import { isTemporary, numberOf, serviceOf } from './naming.ts';
import { observe } from './observe.ts';

/** The first of as many seeds as there are sequences; a failure names its own. */
const firstSeed = Number(process.env['QUAYSIDE_DISTURBANCES_SEED'] ?? 4);
const count = Number(process.env['QUAYSIDE_DISTURBANCES'] ?? 6);
const seeds = Array.from({ length: count }, (_, index) => firstSeed + index);

/** Milliseconds; a sequence takes a tenth of it on a machine that has nothing else to do. */
const timeout = 300_000;

let disturbed: Disturbed | undefined;

afterEach(async () => {
  await disturbed?.driven.operations.dispose();
  disturbed?.driven.gateway.dispose();
  await disturbed?.project.remove();
  disturbed = undefined;
});

async function begin(): Promise<Disturbed> {
  const draft = { environment: 0, scale: 1, guest: false, networkLabel: 0 };
  const project = await createComposeProject(composeFile(draft));
  const version = (await docker(['compose', 'version', '--short'])).stdout.trim().replace(/-.*/, '');
  disturbed = { project, driven: await operationsOn(project, version), draft };
  return disturbed;
}

test.each(seeds)(
  'whatever happens to a project, one up gives what the files say (seed %i)',
  { timeout },
  async (seed) => {
    const [sequence = []] = fc.sample(disturbances, { seed, numRuns: 1 });
    const on = await begin();
    const { driven, project, draft } = on;
    const story = sequence.map(({ name }) => name).join('\n');
    try {
      for (const { run } of sequence) await run(on);

      const up = { verb: 'up', removeOrphans: true, waitTimeout: 60 } as const;
      const { end } = await driven.run(up);
      expect(end).toMatchObject({ outcome: 'done' });
      expect(await driven.plan(up)).toEqual([]);
      const { containers, networks, volumes } = await observe(driven.gateway, project.name);
      const running = containers.filter((each) => each.running && !isTemporary(each));
      const wanted = ['first', ...Array<string>(draft.scale).fill('second'), ...(draft.guest ? ['guest'] : [])];
      expect(running.map(serviceOf).sort()).toEqual(wanted.sort());
      expect(containers).toHaveLength(running.length);
      expect(new Set(running.map((each) => `${serviceOf(each)} ${numberOf(each)}`)).size).toBe(running.length);
      expect(networks.map(({ name }) => name)).toEqual([`${project.name}_default`]);
      expect(volumes.map(({ name }) => name)).toEqual([`${project.name}_data`]);
    } catch (error) {
      throw new Error(`After:\n${story}\nAgain with QUAYSIDE_DISTURBANCES_SEED=${seed} QUAYSIDE_DISTURBANCES=1`, {
        cause: error,
      });
    }
  },
);
