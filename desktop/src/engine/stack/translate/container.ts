import type { Model, ServiceModel } from '#engine/compose/index.ts';
import type { ContainerDetail, ContainerSpec, ImageDetail } from '#engine/docker/index.ts';
import { imageName } from '../naming.ts';
import { hostConfig } from './host-config.ts';
import { endpoints, type LaterNetwork } from './networks.ts';
import { exposedPorts } from './ports.ts';
import { checkServiceKeys } from './supported.ts';
import { defined, nanoseconds } from './values.ts';

/** What the translation has to know besides the service. */
export interface Translation {
  readonly model: Model;
  readonly service: ServiceModel;
  /** Name that the container will have in the end: other services know it under this name. */
  readonly finalName: string;
  /** Name to create it under; differs from the final name while an old container still holds that. */
  readonly createName: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly image?: ImageDetail;
  readonly replaces?: ContainerDetail;
  /** Container id for `service:NAME` references. */
  readonly containerOf: (service: string) => string;
  /** Negotiated API version, such as `1.45`. */
  readonly apiVersion: string;
}

/** The body of a create call, and the networks that the engine wants connected one by one afterwards (API below 1.44). */
export function containerSpec(input: Translation): { spec: ContainerSpec; connectLater: readonly LaterNetwork[] } {
  const { service, model } = input;
  checkServiceKeys(service);
  const { endpointsConfig, connectLater } = endpoints(input);
  const config = defined({
    Image: imageName(model.name, service),
    Cmd: service.command ?? undefined,
    Entrypoint: service.entrypoint ?? undefined,
    Hostname: service['hostname'],
    Domainname: service['domainname'],
    User: service['user'],
    WorkingDir: service['working_dir'],
    Env: environment(service),
    ExposedPorts: exposedPorts(service),
    Tty: service['tty'],
    OpenStdin: service['stdin_open'],
    AttachStdout: true,
    AttachStderr: true,
    Labels: { ...service.labels, ...input.labels },
    StopSignal: service.stop_signal,
    StopTimeout: stopTimeout(service),
    Healthcheck: healthcheck(service),
    HostConfig: hostConfig(input),
    NetworkingConfig: endpointsConfig === undefined ? undefined : { EndpointsConfig: endpointsConfig },
  });
  const platform = service.platform === undefined ? {} : { platform: service.platform };
  return { spec: { name: input.createName, ...platform, config }, connectLater };
}

function environment(service: ServiceModel): string[] {
  return Object.entries(service.environment ?? {}).map(([key, value]) => (value === null ? key : `${key}=${value}`));
}

function stopTimeout(service: ServiceModel): number | undefined {
  const grace = nanoseconds(service.stop_grace_period);
  return grace === undefined ? undefined : Math.trunc(grace / 1e9);
}

function healthcheck(service: ServiceModel): Record<string, unknown> | undefined {
  const check = service.healthcheck;
  if (!check) return undefined;
  if (check.disable === true) return { Test: ['NONE'] };
  return defined({
    Test: check.test,
    Interval: nanoseconds(check.interval),
    Timeout: nanoseconds(check.timeout),
    StartPeriod: nanoseconds(check.start_period),
    StartInterval: nanoseconds(check.start_interval),
    Retries: check.retries,
  });
}
