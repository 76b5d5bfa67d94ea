import type { Action, Plan, Problem, Release } from '#contract/index.ts';
import { ago } from './clock.ts';
import { refuse } from './refuse.ts';
import { comparison, history, proof, release, remote } from './release-data.ts';
import { unreadable } from './release-script.ts';
import { judged, judgedHistory, refusalFor, warningsFor } from './trust-data.ts';

/** How the releases of a scene stand. */
export interface ReleaseScene {
  releases: Release[];
  registry?: Problem;
  drift?: string;
  /** What the policy of the project asks of images. */
  verify?: 'require' | 'warn';
}

const login: Problem = {
  code: 'REGISTRY_LOGIN',
  message: 'ghcr.io wants a login for acme/backend.',
  remedy: 'Log in once in a terminal: docker login ghcr.io. Then look again.',
};

const schema: Problem = {
  code: 'RELEASE_SCHEMA',
  message: unreadable,
  remedy: 'Restore the data that belongs to that release first; or go on knowingly with --accept-schema.',
  details: {
    warnings: [unreadable],
  },
};

const cutOff = (): Release => ({
  ...release('1.4.3', 240, { outcome: 'interrupted', readiness: { light: 'red', reasons: ['it did not go well'] } }),
});

export const releaseScenes: Readonly<Record<string, () => ReleaseScene>> = {
  releases: () => ({ releases: judgedHistory(history(), 'warn'), verify: 'warn' }),
  'releases-refused': () => ({ releases: judgedHistory(history(), 'require'), verify: 'require' }),
  'releases-empty': () => ({ releases: [] }),
  'releases-login': () => ({ releases: history(), registry: login }),
  'releases-drift': () => ({ releases: history(), drift: 'backend runs another image than the release recorded' }),
  'releases-interrupted': () => ({ releases: [cutOff(), ...history()] }),
  'releases-elsewhere': () => ({
    releases: [release('1.5.0', 25, { outcome: 'running', actor: 'ci', host: 'runner-7' }), ...history()],
  }),
};

const operated = new Set(['releases-running', 'releases-pulling', 'releases-restored', 'releases-locked']);

/** The releases of a connection's world, which change by what is done. */
export class FakeReleases {
  readonly #scene: ReleaseScene;
  #releases: Release[];

  constructor(scene: string) {
    this.#scene = releaseScenes[scene]?.() ?? { releases: operated.has(scene) ? history() : [] };
    this.#releases = this.#scene.releases;
  }

  list = () => this.#releases;

  get #current(): Release | undefined {
    return this.#releases.find(({ current }) => current);
  }

  remote = () => {
    const { registry, verify } = this.#scene;
    if (registry !== undefined) return refuse(registry);
    const told = remote(this.#current?.version);
    return verify === undefined ? told : { ...told, releases: judged(told.releases, verify) };
  };

  verify = () =>
    this.#current === undefined
      ? refuse({ code: 'RELEASE_NOT_FOUND', message: 'No release is recorded here.' })
      : proof(this.#current, this.#scene.drift);

  compare = (to: string) =>
    this.#current === undefined
      ? refuse({ code: 'RELEASE_NOT_FOUND', message: 'No release runs that could be compared.' })
      : comparison(this.#current, this.#releases.find(({ id }) => id === to)?.version ?? to);

  recover = () => {
    this.#releases = this.#releases.map((one) =>
      one.outcome === 'interrupted' ? { ...one, outcome: 'restored' } : one,
    );
    return { sentence: 'The release of 1.4.3 was cut off before it was proved. What ran before runs again.' };
  };

  /** Refuses to go back to what cannot read today's data, unless that is accepted, and to deploy what the policy refuses. */
  allow({ verb, version = '', release: wanted, acceptSchema }: Action): void {
    if (wanted?.startsWith('1.4.0') === true && acceptSchema !== true) refuse(schema);
    if (verb !== 'deploy' || this.#scene.verify !== 'require') return;
    const refusal = refusalFor(version);
    if (refusal !== undefined) refuse(refusal);
  }

  /** Adds to a plan what the policy wishes for in vain. */
  warn(plan: Plan, { verb, version = '' }: Action): Plan {
    if (verb !== 'deploy' || this.#scene.verify !== 'warn') return plan;
    return { ...plan, warnings: [...plan.warnings, ...warningsFor(version)] };
  }

  /** Records what a deploy or rollback did. */
  done({ verb, version, release: wanted }: Action): void {
    if (verb !== 'deploy' && verb !== 'rollback') return;
    const target = this.#releases.find(({ id }) => id === wanted);
    const made = release(target?.version ?? version ?? '', 0, {
      id: `op-${this.#releases.length}`,
      current: true,
      startedAt: ago(4),
      ...(target === undefined ? {} : { cause: 'rollback', target: target.id }),
    });
    this.#releases = [made, ...this.#releases.map((one) => ({ ...one, current: false }))];
  }
}
