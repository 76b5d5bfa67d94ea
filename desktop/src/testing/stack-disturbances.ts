import fc from 'fast-check';
import { action, QuaysideError } from '#contract/index.ts';
import { observe } from '#engine/stack/index.ts';
import { type ComposeProject } from './compose-project.ts';
import { type DrivenProject, idleService } from './operations-on.ts';

/** What the files of the disturbed project say. */
export interface Draft {
  environment: number;
  scale: number;
  /** A third service that lives in the network of the first. */
  guest: boolean;
  networkLabel: number;
}

export interface Disturbed {
  readonly project: ComposeProject;
  readonly driven: DrivenProject;
  readonly draft: Draft;
}

/** Something that happens to a project, by Quayside or by others. */
export interface Disturbance {
  readonly name: string;
  readonly run: (on: Disturbed) => Promise<void>;
}

export function composeFile({ environment, scale, guest, networkLabel }: Draft): object {
  const healthcheck = { test: ['CMD', 'true'], interval: '500ms' };
  return {
    services: {
      first: idleService({ environment: { V: String(environment) }, volumes: ['data:/data'] }),
      second: idleService({
        scale,
        healthcheck,
        depends_on: { first: { condition: 'service_started', restart: true } },
      }),
      ...(guest ? { guest: idleService({ network_mode: 'service:first' }) } : {}),
    },
    networks: { default: { labels: { version: String(networkLabel) } } },
    volumes: { data: {} },
  };
}

/** Others may have been quicker, or hold what is wanted: that is the engine's answer to them, not a defect of Quayside. */
async function asOthers(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    const refused = error instanceof QuaysideError && /^ENGINE_(NOT_FOUND|CONFLICT|REFUSED)$/.test(error.code);
    if (!refused) throw error;
  }
}

const victim = fc.nat(5);

/** Does something to one of the containers there are. */
function onVictim(verb: string, call: (on: Disturbed, id: string) => Promise<unknown>): fc.Arbitrary<Disturbance> {
  return victim.map((index) => ({
    name: `${verb} ${index}`,
    async run(on) {
      const { containers } = await observe(on.driven.gateway, on.project.name);
      const chosen = containers[index % Math.max(1, containers.length)];
      if (chosen) await asOthers(call(on, chosen.id));
    },
  }));
}

async function removeNetwork({ driven: { gateway }, project }: Disturbed): Promise<void> {
  const { networks } = await observe(gateway, project.name);
  for (const network of networks) {
    for (const container of network.containers) await asOthers(gateway.networks.disconnect(network.id, container));
    await asOthers(gateway.networks.remove(network.id));
  }
}

const byOthers: fc.Arbitrary<Disturbance> = fc.oneof(
  onVictim('kill', ({ driven }, id) => driven.gateway.containers.stop(id, 0)),
  onVictim('remove', ({ driven }, id) => driven.gateway.containers.remove(id, { force: true, volumes: false })),
  onVictim('rename', ({ driven, project }, id) =>
    driven.gateway.containers.rename(id, `${project.name}-renamed-${id.slice(0, 6)}`),
  ),
  fc.constant({ name: 'remove the network', run: removeNetwork }),
);

const composeCommand: fc.Arbitrary<Disturbance> = fc
  .constantFrom(['up', '-d'], ['up', '-d', '--scale', 'second=2'], ['stop', '-t', '0'], ['down', '-t', '0'], ['create'])
  .map((args) => ({
    name: `docker compose ${args.join(' ')}`,
    // It refuses some states that Quayside mends; whatever it made of them is one more state to begin from.
    run: ({ project }) => project.compose(...args).then(ignore, ignore),
  }));

function ignore(): void {
  // On purpose: only the state that is left counts.
}

const change: fc.Arbitrary<Disturbance> = fc
  .constantFrom<(draft: Draft) => void>(
    (draft) => (draft.environment += 1),
    (draft) => (draft.scale = (draft.scale + 1) % 3),
    (draft) => (draft.guest = !draft.guest),
    (draft) => (draft.networkLabel += 1),
  )
  .map((edit) => ({
    name: `change the files: ${String(edit).replace(/^.*=> /s, '')}`,
    async run({ project, draft }) {
      edit(draft);
      await project.write('compose.yaml', composeFile(draft));
    },
  }));

/** Runs `up` and does something at the given step of it. */
async function upWith(
  { driven }: Disturbed,
  step: number,
  meanwhile: (id: string) => Promise<void> | void,
): Promise<void> {
  const { operations } = driven;
  const { id } = await operations.start('default', action.parse({ verb: 'up', waitTimeout: 30 }));
  let steps = 0;
  for await (const event of operations.watch(id, new AbortController().signal)) {
    if (event.type !== 'step' || event.state !== 'running') continue;
    if (steps === step) await meanwhile(id);
    steps += 1;
  }
}

const ups: fc.Arbitrary<Disturbance> = fc.oneof(
  fc.constant({ name: 'up', run: (on: Disturbed) => upWith(on, -1, ignore) }),
  fc.nat(8).map((step) => ({
    name: `up, cancelled at step ${step}`,
    run: (on: Disturbed) => upWith(on, step, (id) => void on.driven.operations.cancel(id)),
  })),
  fc.tuple(fc.nat(8), fc.oneof(byOthers, composeCommand)).map(([step, other]) => ({
    name: `up, and at step ${step}: ${other.name}`,
    run: (on: Disturbed) => upWith(on, step, () => other.run(on)),
  })),
);

/** A few things that happen one after the other. */
export const disturbances: fc.Arbitrary<Disturbance[]> = fc.array(
  fc.oneof({ weight: 3, arbitrary: ups }, { weight: 2, arbitrary: change }, byOthers, composeCommand),
  { minLength: 3, maxLength: 5 },
);
