import type { DockerGateway } from '#engine/docker/index.ts';
import { keptName } from './images.ts';
import type { Story } from './records/entries.ts';
import type { ReleaseStore } from './records/store.ts';

/** Lets go of the images of releases beyond those that are kept; what runs and what can be gone back to next stays. */
export async function dropOld(
  gateway: DockerGateway,
  store: ReleaseStore,
  stories: readonly Story[],
  keep: number,
): Promise<void> {
  const ended = stories.filter(({ end, dropped }) => end !== undefined && !dropped);
  const good = ended.filter(({ end }) => end?.outcome === 'done');
  const kept = new Set(good.slice(-Math.max(2, keep)).map(({ record }) => record.id));
  for (const { record } of ended) {
    if (kept.has(record.id)) continue;
    for (const { service } of record.images) await gateway.images.remove(keptName(record.project, service, record.id));
    await store.append({ type: 'drop', id: record.id, at: new Date().toISOString() });
  }
}
