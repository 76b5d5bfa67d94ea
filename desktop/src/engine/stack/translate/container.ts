import type { Model, ServiceModel } from '#engine/compose/index.ts';
import { atLeast, type ContainerDetail, type ContainerSpec, type ImageDetail } from '#engine/docker/index.ts';
import { imageName } from '../naming.ts';
import { hostConfig } from './host-config.ts';
import { containerMac, endpoints, type LaterNetwork } from './networks.ts';
import { exposedPorts } from './ports.ts';
import { defined, nanoseconds } from './values.ts';

/** What the translation has to know besides the service. Everything in it was checked by `checkTranslation` before. */
export interface Translation {
  readonly model: Model;
  readonly service: ServiceModel;
  /** Number of the replica, from 1. */
  readonly number: number;
  /** Name that the container will have in the end: other services know it under this name. */
  readonly finalName: string;
  /** Name to create it under; differs from the final name while an old container still holds that. */
  readonly createName: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly image?: ImageDetail;
  readonly replaces?: ContainerDetail;
  /** Container id for `service:NAME` references. */
  readonly containerOf: (service: string) => string;
  /** Names of the containers of a service, for links. */
  readonly containersOf: (service: string) => readonly string[];
  /** Seccomp profiles by path. */
  readonly seccomp: ReadonlyMap<string, string>;
  /** Proxy variables of Docker's configuration; the service's own environment wins. */
  readonly proxies: Readonly<Record<string, string>>;
  /** Negotiated API version, such as `1.45`. */
  readonly apiVersion: string;
}

/** The body of a create call, and the networks that the engine wants connected one by one afterwards (API below 1.44). */
export function containerSpec(input: Translation): { spec: ContainerSpec; connectLater: readonly LaterNetwork[] } {
  const { service, model } = input;
  const { endpointsConfig, connectLater } = endpoints(input);
  const config = defined({
    Image: imageName(model.name, service),
    Cmd: service.command ?? undefined,
    Entrypoint: service.entrypoint ?? undefined,
    Hostname: service['hostname'],
    Domainname: service['domainname'],
    User: service['user'],
    WorkingDir: service['working_dir'],
    Env: environment(input),
    ExposedPorts: exposedPorts(service),
    Tty: service['tty'],
    OpenStdin: service['stdin_open'],
    AttachStdout: true,
    AttachStderr: true,
    NetworkDisabled: service.network_mode === 'disabled' ? true : undefined,
    MacAddress: containerMac(input),
    Labels: { ...service.labels, ...input.labels },
    StopSignal: service.stop_signal,
    StopTimeout: stopTimeout(service),
    Healthcheck: healthcheck(service, input.apiVersion),
    HostConfig: hostConfig(input),
    NetworkingConfig: endpointsConfig === undefined ? undefined : { EndpointsConfig: endpointsConfig },
  });
  const platform = platformOf(service, model);
  return {
    spec: { name: input.createName, ...(platform === undefined ? {} : { platform }), config },
    connectLater,
  };
}

/** The platform that an image of a service has to be of; undefined = that of the engine. */
export function platformOf(service: ServiceModel, model: Model): string | undefined {
  const platform = service.platform ?? model.environment.get('DOCKER_DEFAULT_PLATFORM');
  return platform === '' ? undefined : platform;
}

function environment({ service, proxies }: Translation): string[] {
  return Object.entries({ ...proxies, ...service.environment }).map(([key, value]) =>
    value === null ? key : `${key}=${value}`,
  );
}

/** Whole seconds, cut off as the CLI does. */
function stopTimeout(service: ServiceModel): number | undefined {
  const grace = nanoseconds(service.stop_grace_period);
  return grace === undefined ? undefined : Math.trunc(grace / 1e9);
}

function healthcheck(service: ServiceModel, apiVersion: string): Record<string, unknown> | undefined {
  const check = service.healthcheck;
  if (!check) return undefined;
  return defined({
    Test: check.disable === true ? ['NONE'] : check.test,
    Interval: nanoseconds(check.interval),
    Timeout: nanoseconds(check.timeout),
    StartPeriod: nanoseconds(check.start_period),
    StartInterval: atLeast(apiVersion, '1.44') ? nanoseconds(check.start_interval) : undefined,
    Retries: check.retries,
  });
}
