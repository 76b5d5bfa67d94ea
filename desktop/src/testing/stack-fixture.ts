import {
  hashProfileOf,
  type Model,
  networkHash,
  type ServiceModel,
  serviceHash,
  type VolumeModel,
} from '#engine/compose/index.ts';
import type { ContainerDetail, ImageDetail, NetworkDetail } from '#engine/docker/index.ts';
import { label, type Observed } from '#engine/stack/index.ts';

/** Compose version whose hash the fixtures carry. */
const fixtureCompose = '5.0.0';

/** A service with defaults as the loader fills them in. */
export function service(name: string, more: Partial<ServiceModel> = {}): ServiceModel {
  return { name, image: `${name}:1`, command: null, entrypoint: null, networks: { default: null }, ...more };
}

/** A model of project `p` with the network `p_default`. */
export function model(services: readonly ServiceModel[], volumes: ReadonlyMap<string, VolumeModel> = new Map()): Model {
  return {
    name: 'p',
    directory: '/srv/p',
    files: ['/srv/p/compose.yaml'],
    envFiles: [],
    services: new Map(services.map((entry) => [entry.name, entry])),
    disabled: [],
    networks: new Map([['default', { name: 'p_default' }]]),
    volumes,
    secrets: new Map(),
    configs: new Map(),
    environment: new Map(),
    warnings: [],
    risks: [],
    extensions: {},
  };
}

export function image(reference: string): ImageDetail {
  return {
    id: `sha256:${reference}`,
    tags: [reference],
    digests: [],
    labels: {},
    volumes: [],
    os: 'linux',
    arch: 'amd64',
    size: 1,
    created: '',
  };
}

/** The container that the service would have if it ran as the files say. */
export function container(of: ServiceModel, number = 1, more: Partial<ContainerDetail> = {}): ContainerDetail {
  return {
    id: hexOf(`${of.name}${number}`),
    name: `p-${of.name}-${number}`,
    state: 'running',
    image: of.image ?? '',
    imageId: `sha256:${of.image ?? ''}`,
    labels: {
      [label.project]: 'p',
      [label.service]: of.name,
      [label.version]: fixtureCompose,
      [label.oneoff]: 'False',
      [label.number]: String(number),
      [label.configHash]: serviceHash(of, hashProfileOf(fixtureCompose)),
      [label.image]: `sha256:${of.image ?? ''}`,
      [label.dependsOn]: '',
    },
    networks: { p_default: 'net-1' },
    volumes: [],
    created: '',
    running: true,
    paused: false,
    restarting: false,
    exitCode: 0,
    oomKilled: false,
    error: '',
    restartCount: 0,
    health: of.healthcheck ? 'healthy' : 'none',
    failingStreak: 0,
    probes: [],
    tty: false,
    mounts: [],
    ports: [],
    restartPolicy: 'no',
    ...more,
  };
}

function network(): NetworkDetail {
  return {
    id: 'net-1',
    name: 'p_default',
    labels: {
      [label.project]: 'p',
      [label.network]: 'default',
      [label.version]: fixtureCompose,
      [label.configHash]: networkHash({ name: 'p_default' }, hashProfileOf(fixtureCompose)),
    },
    containers: [],
  };
}

/** What an engine holds on which the given containers run and their images are present. */
export function observed(
  containers: readonly ContainerDetail[],
  images: readonly string[],
  more: Partial<Observed> = {},
): Observed {
  return {
    apiVersion: '1.45',
    containers,
    networks: containers.length > 0 ? [network()] : [],
    volumes: [],
    images: new Map(images.map((reference) => [reference, image(reference)])),
    externalNetworks: new Map(),
    readAt: Date.UTC(2026, 0, 1),
    ...more,
  };
}

function hexOf(text: string): string {
  return Buffer.from(text).toString('hex').padEnd(64, '0');
}
