import type { Verification } from '#contract/index.ts';
import type { ContainerDetail } from '#engine/docker/index.ts';
import { isOneOff, isTemporary, label, type Observed, serviceOf } from '#engine/stack/index.ts';
import { say } from '#kit/say.ts';
import type { ReleaseRecord } from './records/entries.ts';

type Proof = Verification['services'][number];

/** Compares what runs with what a release recorded: image ids, config hashes, health. Pure. */
export function verify(record: ReleaseRecord, observed: Observed, at: string): Verification {
  const containers = observed.containers.filter((container) => !isOneOff(container));
  const services = record.images.map((image) => proveService(record, image, containers));
  const known = new Set(record.images.map(({ service }) => service));
  const strangers = new Set(containers.map(serviceOf).filter((name) => !known.has(name)));
  for (const service of strangers) {
    const running = containers.filter((container) => serviceOf(container) === service && container.running);
    if (running.length === 0) continue;
    const imageIds = running.map(({ imageId }) => imageId);
    services.push({ service, ok: false, imageIds, reason: say`${service} runs, but the release does not have it` });
  }
  const ok = services.every((service) => service.ok);
  return { at, ok, release: record.id, version: record.version, services, sentence: sentenceOf(record, services, at) };
}

function proveService(
  record: ReleaseRecord,
  image: ReleaseRecord['images'][number],
  all: readonly ContainerDetail[],
): Proof {
  const { service } = image;
  const running = all.filter((container) => serviceOf(container) === service && container.running);
  const imageIds = [...new Set(running.map(({ imageId }) => imageId))];
  const reason = fault(record, image, running, all);
  return { service, ok: reason === undefined, imageIds, ...(reason === undefined ? {} : { reason }) };
}

function fault(
  record: ReleaseRecord,
  { service, imageId }: ReleaseRecord['images'][number],
  running: readonly ContainerDetail[],
  all: readonly ContainerDetail[],
): string | undefined {
  if (running.length === 0) {
    const ended = all.find((container) => serviceOf(container) === service && !isTemporary(container));
    // A job that has done its work runs no longer.
    if (
      ended?.state === 'exited' &&
      ended.exitCode === 0 &&
      ended.imageId === imageId &&
      ended.restartPolicy !== 'always'
    )
      return undefined;
    return say`${service} does not run`;
  }
  const other = running.find((container) => container.imageId !== imageId);
  if (other) return say`${service} runs another image than the release recorded`;
  const hash = record.hashes[service];
  const changed = running.find(
    (container) => sameCompose(container, record) && container.labels[label.configHash] !== hash,
  );
  if (hash !== undefined && changed) return say`${service} runs with another configuration than the release recorded`;
  const sick = running.find(({ health }) => health !== 'healthy' && health !== 'none');
  if (sick === undefined) return undefined;
  return sick.health === 'starting' ? say`${service} is starting` : say`${service} is unhealthy`;
}

/** Hashes of two versions of docker compose cannot be compared. */
const sameCompose = (container: ContainerDetail, record: ReleaseRecord): boolean =>
  container.labels[label.version] === record.composeVersion;

function sentenceOf(record: ReleaseRecord, services: readonly Proof[], at: string): string {
  const good = services.filter(({ ok }) => ok).length;
  if (good === services.length) {
    return good === 1
      ? say`You are on ${record.version}, verified ${at}: 1 of 1 service runs its recorded image and is healthy.`
      : say`You are on ${record.version}, verified ${at}: ${good} of ${good} services run the recorded images and are healthy.`;
  }
  const reasons = services.flatMap(({ reason }) => reason ?? []);
  return say`Not as release ${record.version} recorded it: ${reasons.join('; ')}.`;
}
