import type { Difference, ServiceDifference } from '#contract/index.ts';
import { hashProfileOf, type Model, type ServiceModel, serviceHash } from '#engine/compose/index.ts';
import type { ContainerDetail, ContainerSettings, DockerGateway } from '#engine/docker/index.ts';
import {
  imageName,
  isOneOff,
  isTemporary,
  label,
  type Observed,
  observe,
  serviceOf,
  wantedReplicas,
} from '#engine/stack/index.ts';
import { createMasker } from '#kit/mask-secrets.ts';
import { say } from '#kit/say.ts';
import { isSecretName, masked } from '#kit/secret-name.ts';
import { shownValue } from './env-text/mask.ts';
import { limitsAndHealth } from './limits-and-health.ts';
import { secretValues } from './masked-model.ts';

/** What runs of a project otherwise than its files say, by service, in the order of the files. */
export async function findDifferences(gateway: DockerGateway, model: Model): Promise<ServiceDifference[]> {
  const observed = await observe(gateway, model.name, model);
  const own = observed.containers.filter((container) => !isOneOff(container) && !isTemporary(container));
  const known = new Set([...model.services.keys(), ...model.disabled]);
  const extra = [...new Set(own.map(serviceOf))].filter((service) => !known.has(service));
  const found = [...model.services.values()].map((service) => differenceOf(gateway, model, observed, service, own));
  return [
    ...(await Promise.all(found)),
    ...extra.map((service): ServiceDifference => ({ service, state: 'extra', differences: [] })),
  ];
}

async function differenceOf(
  gateway: DockerGateway,
  model: Model,
  observed: Observed,
  service: ServiceModel,
  all: readonly ContainerDetail[],
): Promise<ServiceDifference> {
  const containers = all.filter((container) => serviceOf(container) === service.name);
  const wanted = wantedReplicas(service);
  const [first] = containers;
  const count = differing(say`number of containers`, String(containers.length), String(wanted));
  if (!first) return { service: service.name, state: wanted === 0 ? 'same' : 'missing', differences: [] };
  const changed = containers.find((container) => !hasHash(container, service, all));
  const image = imageDifference(first, service, model, observed);
  const rest = changed ? await settingsOf(gateway, changed, service, model) : [];
  const differences = [...count, ...image, ...rest];
  const unnamed = changed && rest.length === 0 && image.length === 0;
  if (unnamed) differences.push({ what: say`another setting, which the engine does not tell apart` });
  return { service: service.name, state: differences.length === 0 ? 'same' : 'differs', differences };
}

function hasHash(container: ContainerDetail, service: ServiceModel, all: readonly ContainerDetail[]): boolean {
  const idOf = (name: string): string => all.find((one) => serviceOf(one) === name)?.id ?? '';
  const profile = hashProfileOf(container.labels[label.version] ?? '');
  return serviceHash(service, profile, idOf) === container.labels[label.configHash];
}

function imageDifference(
  container: ContainerDetail,
  service: ServiceModel,
  model: Model,
  { images }: Observed,
): Difference[] {
  const name = imageName(model.name, service);
  const here = images.get(name);
  if (container.image !== name) return [{ what: say`image`, runs: container.image, files: name }];
  if (!here || here.id === (container.labels[label.image] ?? here.id)) return [];
  return [
    {
      what: say`image ${name}: the name stands for another build now`,
      runs: shortId(container.imageId),
      files: shortId(here.id),
    },
  ];
}

const shortId = (id: string): string => id.replace(/^sha256:/, '').slice(0, 12);

async function settingsOf(
  gateway: DockerGateway,
  container: ContainerDetail,
  service: ServiceModel,
  model: Model,
): Promise<Difference[]> {
  const runs = await gateway.containers.settings(container.id);
  const secrets = [...runs.environment].flatMap(([name, value]) => (isSecretName(name) ? [value] : []));
  const mask = createMasker([...secretValues(model), ...secrets]);
  const found = [
    ...environmentOf(runs, service),
    ...differing(say`ports`, portsThatRun(runs), portsInFiles(service)),
    ...differing(say`mounts`, mountsThatRun(container), mountsInFiles(service, model)),
    ...differing(say`networks`, networksThatRun(container, model), networksInFiles(service)),
    ...differing(say`command`, words(runs.command), words(service.command)),
    ...differing(say`entrypoint`, words(runs.entrypoint), words(service.entrypoint)),
    ...differing(say`user`, runs.user, text(service['user'])),
    ...differing(say`restart`, runs.restart, text(service.restart) === '' ? 'no' : text(service.restart)),
    ...limitsAndHealth(runs, service).flatMap((one) => differing(one.what, one.runs, one.files)),
    ...labelsOf(container, service),
  ];
  return found.map(({ what, runs: one, files: other }) => ({
    what,
    ...(one === undefined ? {} : { runs: mask(one) }),
    ...(other === undefined ? {} : { files: mask(other) }),
  }));
}

function differing(what: string, runs: string, files: string): Difference[] {
  if (runs === files) return [];
  return [
    {
      what,
      ...(runs === '' ? {} : { runs: shownValue('', runs) }),
      ...(files === '' ? {} : { files: shownValue('', files) }),
    },
  ];
}

/** Variables by name; those that only the image says are nobody's difference. */
function environmentOf({ environment, imageEnvironment }: ContainerSettings, service: ServiceModel): Difference[] {
  const wanted = service.environment ?? {};
  const names = [...new Set([...environment.keys(), ...Object.keys(wanted)])].sort();
  return names.flatMap((name) => {
    const [runs, files] = [environment.get(name), wanted[name] ?? undefined];
    const ofImage = !Object.hasOwn(wanted, name) && imageEnvironment.get(name) === runs;
    if (runs === files || ofImage) return [];
    const show = (value: string | undefined): string | undefined =>
      value === undefined ? undefined : isSecretName(name) ? masked : shownValue(name, value);
    const [one, other] = [show(runs), show(files)];
    return [
      {
        what: say`variable ${name}`,
        ...(one === undefined ? {} : { runs: one }),
        ...(other === undefined ? {} : { files: other }),
      },
    ];
  });
}

function labelsOf({ labels }: ContainerDetail, service: ServiceModel): Difference[] {
  const wanted = Object.entries(service.labels ?? {}).filter(([name]) => !name.startsWith('com.docker.compose.'));
  return wanted.flatMap(([name, value]) => differing(say`label ${name}`, labels[name] ?? '', value));
}

const sorted = (list: readonly string[]): string => [...list].sort().join(', ');
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const words = (command: readonly string[] | null | undefined): string => (command ?? []).join(' ');

function portsThatRun({ ports }: ContainerSettings): string {
  return sorted(ports.map(({ port, hostIp, hostPort }) => portWords(port, hostIp, hostPort)));
}

function portsInFiles({ ports = [] }: ServiceModel): string {
  return sorted(
    ports.map(({ target, protocol = 'tcp', published = '', host_ip = '' }) =>
      portWords(`${target}/${protocol}`, host_ip, published),
    ),
  );
}

function portWords(port: string, hostIp: string, hostPort: string): string {
  const host = `${hostIp === '' || hostIp === '0.0.0.0' ? '' : `${hostIp}:`}${hostPort === '' || hostPort === '0' ? 'any' : hostPort}`;
  return `${host} to ${port.replace(/\/tcp$/, '')}`;
}

function mountWords(source: string, target: string, readOnly = false): string {
  return readOnly ? `${source} at ${target} (read only)` : `${source} at ${target}`;
}

/** Volumes without a name are the image's own, or made anew each time. */
function mountsThatRun({ mounts }: ContainerDetail): string {
  const named = mounts.filter(({ type, source }) => type !== 'tmpfs' && !/^[0-9a-f]{64}$/.test(source));
  return sorted(named.map(({ source, target, readOnly }) => mountWords(source, target, readOnly)));
}

function mountsInFiles({ volumes = [] }: ServiceModel, model: Model): string {
  const named = volumes.filter(({ type, source }) => type !== 'tmpfs' && source !== undefined);
  return sorted(
    named.map(({ type, source = '', target, read_only }) => {
      const from = type === 'volume' ? (model.volumes.get(source)?.name ?? source) : source;
      return mountWords(from, target, read_only);
    }),
  );
}

function networksThatRun({ networks }: ContainerDetail, model: Model): string {
  const keys = new Map([...model.networks].map(([key, { name }]) => [name, key]));
  return sorted(Object.keys(networks).map((name) => keys.get(name) ?? name));
}

function networksInFiles({ networks = {}, network_mode }: ServiceModel): string {
  return network_mode ?? sorted(Object.keys(networks));
}
