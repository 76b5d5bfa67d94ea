import { type Model, networkHash, type ServiceModel, serviceHash, volumeHash } from '#engine/compose/index.ts';
import type { ContainerDetail, NetworkDetail, VolumeDetail } from '#engine/docker/index.ts';
import { label, type Observed } from '#engine/stack/index.ts';
import { isReplicaOf, wantedReplicas } from '#engine/stack/naming.ts';
import type { Step } from '#engine/stack/plan/step.ts';
import { container, image } from './stack-fixture.ts';

/** What an engine does when a plan is carried out, as a pure model: it refuses what a real one refuses. */
export class EngineModel {
  containers: ContainerDetail[] = [];
  networks: NetworkDetail[] = [];
  volumes: VolumeDetail[] = [];
  readonly images = new Map<string, string>();
  readonly #slots = new Map<string, string>();
  #ids = 0;

  /** Forgets where the containers of an earlier plan are. */
  begin(slots: ReadonlyMap<string, string>): void {
    this.#slots.clear();
    for (const [slot, id] of slots) this.#slots.set(slot, id);
  }

  observed(): Observed {
    return {
      apiVersion: '1.45',
      containers: this.containers.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      networks: this.networks.map((network) => ({
        ...network,
        containers: this.containers
          .filter(({ running, networks }) => running && Object.values(networks).includes(network.id))
          .map(({ id }) => id),
      })),
      volumes: this.volumes,
      images: new Map([...this.images].map(([name, id]) => [name, { ...image(name), id }])),
      externalNetworks: new Map(),
      readAt: 0,
    };
  }

  apply(model: Model, { task, service: name }: Step): void {
    const service = model.services.get(name ?? '');
    switch (task.do) {
      case 'pull':
        this.images.set(task.image, this.#newId());
        return;
      case 'create-network':
        this.#createNetwork(model, task.key);
        return;
      case 'remove-network':
        this.#removeNetwork(task.id, task.detach);
        return;
      case 'create-volume':
        this.#createVolume(model, task.key);
        return;
      case 'create':
        if (!service) throw new Error('create without a service');
        this.#slots.set(task.slot, this.#create(model, service, task));
        return;
      case 'start':
        this.#start(model, service, this.#byId(this.#slots.get(task.slot) ?? ''));
        return;
      case 'stop':
        this.change(this.#byId(task.container), { state: 'exited', running: false });
        return;
      case 'remove':
        this.containers = this.containers.filter(({ id }) => id !== task.container);
        return;
      case 'rename': {
        const id = task.container ?? this.#slots.get(task.slot) ?? '';
        this.#refuseTaken(task.name);
        this.change(this.#byId(id), { name: task.name });
        this.#slots.set(task.slot, id);
        return;
      }
      case 'wait':
        return;
      default:
        throw new Error(`the model knows no ${task.do}`);
    }
  }

  change(of: ContainerDetail, to: Partial<ContainerDetail>): void {
    this.containers = this.containers.map((each) => (each.id === of.id ? { ...each, ...to } : each));
  }

  #newId(): string {
    this.#ids += 1;
    return this.#ids.toString(16).padStart(12, '0').padEnd(64, '0');
  }

  #byId(id: string): ContainerDetail {
    const found = this.containers.find((each) => each.id === id);
    if (!found) throw new Error(`no such container: ${id}`);
    return found;
  }

  #refuseTaken(name: string): void {
    if (this.containers.some((each) => each.name === name)) throw new Error(`the name ${name} is in use`);
  }

  #createNetwork(model: Model, key: string): void {
    const network = model.networks.get(key);
    if (!network) throw new Error(`no network ${key}`);
    const hash = { [label.version]: '5.0.0', [label.configHash]: networkHash(network, 'P5') };
    const labels = { [label.project]: model.name, [label.network]: key, ...hash };
    this.networks = [...this.networks, { id: this.#newId(), name: network.name, labels, containers: [] }];
  }

  #removeNetwork(id: string, detach: readonly string[]): void {
    const attached = this.containers.filter(({ running, networks }) => running && Object.values(networks).includes(id));
    const stays = attached.find((each) => !detach.includes(each.id));
    if (stays) throw new Error(`${stays.name} is still attached`);
    for (const each of attached) {
      const left = Object.entries(each.networks).filter(([, network]) => network !== id);
      this.change(each, { networks: Object.fromEntries(left) });
    }
    this.networks = this.networks.filter((network) => network.id !== id);
  }

  #createVolume(model: Model, key: string): void {
    const volume = model.volumes.get(key);
    if (!volume) throw new Error(`no volume ${key}`);
    const hash = { [label.configHash]: volumeHash(volume) };
    const labels = { [label.project]: model.name, [label.volume]: key, ...hash };
    this.volumes = [...this.volumes, { name: volume.name, driver: 'local', labels }];
  }

  #create(
    model: Model,
    service: ServiceModel,
    { name, number, replaces }: { name: string; number: number; replaces?: ContainerDetail },
  ): string {
    this.#refuseTaken(name);
    const imageId = this.images.get(service.image ?? '');
    if (imageId === undefined) throw new Error(`no image for ${service.name}`);
    const id = this.#newId();
    const networks = Object.keys(service.networks ?? {}).map((key) => {
      const wanted = model.networks.get(key)?.name;
      const found = this.networks.find((network) => network.name === wanted);
      if (!found) throw new Error(`no network ${key}`);
      return [found.name, found.id] as const;
    });
    const volumes = (service.volumes ?? []).map(({ source }) => {
      const found = this.volumes.find((volume) => volume.name === model.volumes.get(source ?? '')?.name);
      if (!found) throw new Error(`no volume ${String(source)}`);
      return found.name;
    });
    const labels = {
      ...container(service, number).labels,
      [label.image]: imageId,
      [label.configHash]: serviceHash(service, 'P5', (parent) => this.#replicas(parent)[0]?.id ?? ''),
      ...(replaces ? { [label.replace]: `${service.name}-${number}` } : {}),
    };
    const attached = { volumes, networks: Object.fromEntries(networks) };
    const made = { ...container(service, number), id, name, labels, imageId, ...attached };
    this.containers = [...this.containers, { ...made, state: 'created', running: false }];
    return id;
  }

  #start(model: Model, service: ServiceModel | undefined, started: ContainerDetail): void {
    for (const id of Object.values(started.networks)) {
      if (!this.networks.some((network) => network.id === id)) throw new Error(`network ${id} not found`);
    }
    for (const dependency of Object.keys(service?.depends_on ?? {})) {
      const wanted = model.services.get(dependency);
      const running = this.#replicas(dependency).filter((each) => each.running).length;
      if (wanted && running < wantedReplicas(wanted)) throw new Error(`${started.name} starts before ${dependency}`);
    }
    this.change(started, { state: 'running', running: true });
  }

  #replicas(service: string): ContainerDetail[] {
    return this.observed().containers.filter((each) => isReplicaOf(each, service));
  }
}
