import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { DockerGateway, ExecRequest, Labels } from './types.ts';

type Body = Readonly<Record<string, unknown>>;

/** Whose things may be changed through a gateway, and what may be made. */
export interface Guard {
  /** The label that everything carries which is changed or made. */
  readonly owner: { readonly label: string; readonly value: string };
  /** Each throws where more is asked for than was seen before and agreed to. */
  checkContainer(config: Body): void;
  checkVolume(body: Body): void;
  checkExec(labels: Labels, request: ExecRequest): void;
}

/**
 * The gateway with the guard before each call that changes something: what an id stands for is looked up anew and has to carry the
 * owner's label. Labels never change and ids are never given out twice, so one look at an id is enough.
 */
export function guarded(gateway: DockerGateway, guard: Guard): DockerGateway {
  const own = new Owned(gateway, guard.owner);
  const { containers, networks, volumes } = gateway;
  return {
    ...gateway,
    containers: {
      ...containers,
      async create(spec) {
        own.refuseUnlabelled('container', spec.name, spec.config['Labels']);
        guard.checkContainer(spec.config);
        const made = await containers.create(spec);
        own.add(made.id);
        return made;
      },
      start: async (id) => containers.start(await own.container(id)),
      stop: async (id, timeout) => containers.stop(await own.container(id), timeout),
      remove: async (id, options) => containers.remove(await own.goneOr(own.container(id), id), options),
      rename: async (id, name) => containers.rename(await own.container(id), name),
      async exec(id, request) {
        guard.checkExec(await own.labelsOf(id), request);
        return containers.exec(id, request);
      },
      putArchive: async (id, folder, archive, options) =>
        containers.putArchive(await own.container(id), folder, archive, options),
    },
    networks: {
      ...networks,
      async create(body) {
        own.refuseUnlabelled('network', String(body['Name']), body['Labels']);
        return networks.create(body);
      },
      // The network may be one that others share; whose it is was for the files to say.
      connect: async (id, container, endpoint) => networks.connect(id, await own.container(container), endpoint),
      disconnect: async (id, container) => networks.disconnect(await own.network(id), await own.container(container)),
      remove: async (id) => networks.remove(await own.goneOr(own.network(id), id)),
    },
    volumes: {
      ...volumes,
      async create(body) {
        own.refuseUnlabelled('volume', String(body['Name']), body['Labels']);
        guard.checkVolume(body);
        return volumes.create(body);
      },
      remove: async (name) => volumes.remove(await own.goneOr(own.volume(name), name)),
    },
  };
}

/** Looks up whose something is. */
class Owned {
  readonly #gateway: DockerGateway;
  readonly #owner: Guard['owner'];
  readonly #known = new Set<string>();

  constructor(gateway: DockerGateway, owner: Guard['owner']) {
    this.#gateway = gateway;
    this.#owner = owner;
  }

  add(id: string): void {
    if (fullId.test(id)) this.#known.add(id);
  }

  async labelsOf(id: string): Promise<Labels> {
    const { name, labels } = await this.#gateway.containers.inspect(id);
    refuseForeign(this.#owner, 'container', name, labels);
    this.add(id);
    return labels;
  }

  async container(id: string): Promise<string> {
    if (!this.#known.has(id)) await this.labelsOf(id);
    return id;
  }

  async network(id: string): Promise<string> {
    if (this.#known.has(id)) return id;
    const { name, labels } = await this.#gateway.networks.inspect(id);
    refuseForeign(this.#owner, 'network', name, labels);
    this.add(id);
    return id;
  }

  /** By name, which another volume may have tomorrow: looked up each time. */
  async volume(name: string): Promise<string> {
    const { labels } = await this.#gateway.volumes.inspect(name);
    refuseForeign(this.#owner, 'volume', name, labels);
    return name;
  }

  /** What is gone is nobody's, and to remove it is no change. */
  async goneOr(look: Promise<string>, id: string): Promise<string> {
    try {
      return await look;
    } catch (error) {
      if (error instanceof QuaysideError && error.code === 'ENGINE_NOT_FOUND') return id;
      throw error;
    }
  }

  refuseUnlabelled(kind: string, name: string, labels: unknown): void {
    refuseForeign(this.#owner, kind, name, typeof labels === 'object' && labels !== null ? { ...labels } : {});
  }
}

/** Throws POLICY_REFUSED for what does not carry the owner's label. */
export function refuseForeign(
  owner: Guard['owner'],
  kind: string,
  name: string,
  labels: Readonly<Record<string, unknown>>,
): void {
  const { label, value } = owner;
  if (labels[label] === value) return;
  throw new QuaysideError(
    'POLICY_REFUSED',
    say`The ${kind} ${name} does not belong to ${value}, so it is not touched.`,
    {
      remedy: say`Only what carries the label ${label}=${value} is changed. Change it with the tool that made it.`,
      details: { kind, name },
    },
  );
}

const fullId = /^[0-9a-f]{64}$/;
