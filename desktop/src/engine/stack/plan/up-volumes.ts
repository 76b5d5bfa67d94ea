import { QuaysideError } from '#contract/index.ts';
import { volumeHash } from '#engine/compose/index.ts';
import type { ContainerDetail, VolumeDetail } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { label } from '../labels.ts';
import { serviceOf } from '../naming.ts';
import { planRemove } from './up-container.ts';
import { addStep, type UpContext, usedKeys } from './up-context.ts';

/**
 * Adds create steps for missing volumes. A volume that differs from the files is named and left alone: only one that the
 * action names in `recreateVolumes` is made anew, which deletes its data.
 */
export function planVolumes(context: UpContext): void {
  const confirmed = new Set(context.action.recreateVolumes);
  const keys = usedKeys(context, (service) =>
    (service.volumes ?? []).flatMap((mount) =>
      mount.type === 'volume' && mount.source !== undefined ? [mount.source] : [],
    ),
  );
  for (const key of keys) {
    const volume = context.model.volumes.get(key);
    if (!volume || volume.external === true) continue;
    const existing = context.observed.volumes.find((candidate) => candidate.name === volume.name);
    if (!existing) {
      warnOfFormerName(context, key, volume.name);
      addCreate(context, key, volume.name, say`it does not exist yet`, []);
      continue;
    }
    const hash = existing.labels[label.configHash];
    if (hash === undefined || hash === volumeHash(volume)) continue;
    if (confirmed.delete(volume.name)) planRebuild(context, key, existing);
    else {
      context.warnings.push(
        say`Volume ${volume.name} differs from the compose file. It is left as it is, because making it anew would delete its data.`,
      );
    }
  }
  refuseUnknown(confirmed);
}

function addCreate(context: UpContext, key: string, name: string, cause: string, after: readonly string[]): void {
  const id = `volume:${key}`;
  context.volumeSteps.set(key, id);
  addStep(context, {
    id,
    kind: 'volume.create',
    resource: name,
    cause,
    after,
    task: { do: 'create-volume', key },
  });
}

/** Every container of the project that mounts the volume goes first: a volume in use cannot be removed. */
function planRebuild(context: UpContext, key: string, existing: VolumeDetail): void {
  const cause = say`volume ${existing.name} is made anew`;
  const users = context.observed.containers.filter((container) => container.volumes.includes(existing.name));
  const after = users.flatMap((container: ContainerDetail) => {
    context.cleared.add(container.id);
    return planRemove(context, serviceOf(container), container, cause);
  });
  const id = `volume-remove:${key}`;
  addStep(context, {
    id,
    kind: 'volume.remove',
    resource: existing.name,
    cause: say`its configuration changed and its renewal was confirmed by name; its data is deleted`,
    after,
    task: { do: 'remove-volume', name: existing.name },
  });
  addCreate(context, key, existing.name, say`its configuration changed`, [id]);
}

function warnOfFormerName(context: UpContext, key: string, name: string): void {
  const former = context.observed.volumes.find((candidate) => candidate.labels[label.volume] === key);
  if (!former) return;
  context.warnings.push(
    say`Volume ${key} is called ${name} now and begins empty; its former data stays in ${former.name}.`,
  );
}

function refuseUnknown(names: ReadonlySet<string>): void {
  if (names.size === 0) return;
  throw new QuaysideError('USAGE', say`There is nothing to make anew in: ${[...names].join(', ')}.`, {
    remedy: say`Name only volumes whose settings differ from the compose file; the preview lists them.`,
  });
}
