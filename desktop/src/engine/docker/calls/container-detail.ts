import type { ContainerDetail, ContainerMount, ContainerSummary, PortBinding, ProbeRecord } from '../types.ts';
import type { ContainerInspect, ContainerListItem } from './shapes.ts';

type Networks = ContainerInspect['NetworkSettings']['Networks'];
type Mounts = ContainerInspect['Mounts'];

/** Probes that have to fail in a row where the health command does not say how many. */
const defaultRetries = 3;

function networkIds(networks: Networks): Record<string, string> {
  return Object.fromEntries(Object.entries(networks).map(([name, { NetworkID }]) => [name, NetworkID]));
}

function volumeNames(mounts: Mounts): string[] {
  return mounts.flatMap(({ Type, Name }) => (Type === 'volume' && Name !== undefined ? [Name] : []));
}

/** Legacy links give a container further names, such as `/other/alias`. */
function canonicalName(names: readonly string[]): string {
  const own = names.find((name) => name.lastIndexOf('/') <= 0) ?? names[0] ?? '';
  return own.replace(/^\//, '');
}

export function toSummary(item: ContainerListItem): ContainerSummary {
  return {
    id: item.Id,
    name: canonicalName(item.Names),
    state: item.State,
    image: item.Image,
    imageId: item.ImageID,
    labels: item.Labels,
    networks: networkIds(item.NetworkSettings),
    volumes: volumeNames(item.Mounts),
    ports: listedPorts(item),
    ...(item.State === 'running' ? { health: listedHealth(item.Status) } : {}),
  };
}

function listedPorts({ Ports }: ContainerListItem): PortBinding[] {
  return Ports.filter(({ PublicPort }) => PublicPort > 0).map(({ IP, PublicPort, PrivatePort, Type }) => ({
    hostIp: IP,
    hostPort: PublicPort,
    containerPort: PrivatePort,
    protocol: protocolOf(Type),
  }));
}

function listedHealth(status: string): ContainerDetail['health'] {
  const word = /\((?:health: )?(starting|healthy|unhealthy)\)$/.exec(status)?.[1];
  return healthStatus(word);
}

/** The engine writes year 1 for "never". */
function moment(key: 'startedAt' | 'finishedAt', value: string): { startedAt?: string; finishedAt?: string } {
  return value === '' || value.startsWith('0001-') ? {} : { [key]: value };
}

function protocolOf(text: string): PortBinding['protocol'] {
  return text === 'udp' || text === 'sctp' ? text : 'tcp';
}

function toPorts(ports: ContainerInspect['NetworkSettings']['Ports']): PortBinding[] {
  return Object.entries(ports).flatMap(([key, bindings]) => {
    const [port = '', protocol = 'tcp'] = key.split('/');
    return (bindings ?? []).map(({ HostIp, HostPort }) => ({
      hostIp: HostIp,
      hostPort: Number(HostPort),
      containerPort: Number(port),
      protocol: protocolOf(protocol),
    }));
  });
}

function toMounts(mounts: Mounts): ContainerMount[] {
  return mounts.map(({ Type, Name, Source, Destination, RW }) => ({
    type: Type,
    source: Type === 'volume' && Name !== undefined ? Name : Source,
    target: Destination,
    ...(Name === undefined ? {} : { name: Name }),
    ...(RW ? {} : { readOnly: true }),
  }));
}

function healthStatus(status: string | undefined): ContainerDetail['health'] {
  return status === 'starting' || status === 'healthy' || status === 'unhealthy' ? status : 'none';
}

function toHealth({ State, Config }: ContainerInspect) {
  const probes: ProbeRecord[] = (State.Health?.Log ?? []).map((entry) => ({
    start: entry.Start,
    end: entry.End,
    exitCode: entry.ExitCode,
    output: entry.Output,
  }));
  const health = healthStatus(State.Health?.Status);
  const retries = Config.Healthcheck?.Retries ?? 0;
  return {
    health,
    failingStreak: State.Health?.FailingStreak ?? 0,
    probes,
    ...(health === 'none' ? {} : { healthRetries: retries > 0 ? retries : defaultRetries }),
    ...(health === 'none' || !Config.Healthcheck ? {} : { healthRules: toRules(Config.Healthcheck) }),
  };
}

function toRules({
  Test,
  Interval,
  Timeout,
  StartPeriod,
  Retries,
}: NonNullable<ContainerInspect['Config']['Healthcheck']>) {
  const seconds = (nanoseconds: number, preset: number): number => (nanoseconds > 0 ? nanoseconds / 1e9 : preset);
  return {
    command: Test,
    interval: seconds(Interval, 30),
    timeout: seconds(Timeout, 30),
    startPeriod: seconds(StartPeriod, 0),
    retries: Retries > 0 ? Retries : defaultRetries,
  };
}

export function toDetail(inspect: ContainerInspect): ContainerDetail {
  const { State, Config, HostConfig, NetworkSettings } = inspect;
  const policy = HostConfig.RestartPolicy?.Name ?? '';
  return {
    id: inspect.Id,
    name: canonicalName([inspect.Name]),
    state: State.Status,
    image: Config.Image,
    imageId: inspect.Image,
    labels: Config.Labels,
    networks: networkIds(NetworkSettings.Networks),
    volumes: volumeNames(inspect.Mounts),
    created: inspect.Created,
    running: State.Running,
    paused: State.Paused,
    restarting: State.Restarting,
    exitCode: State.ExitCode,
    oomKilled: State.OOMKilled,
    error: State.Error,
    ...moment('startedAt', State.StartedAt),
    ...moment('finishedAt', State.FinishedAt),
    restartCount: inspect.RestartCount,
    ...toHealth(inspect),
    tty: Config.Tty,
    mounts: toMounts(inspect.Mounts),
    ports: toPorts(NetworkSettings.Ports),
    restartPolicy: policy === '' ? 'no' : policy,
    ...(HostConfig.Memory > 0 ? { memoryLimit: HostConfig.Memory } : {}),
    ...(typeof Config.StopTimeout === 'number' ? { stopTimeout: Config.StopTimeout } : {}),
  };
}
