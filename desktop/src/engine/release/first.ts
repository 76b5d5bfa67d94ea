import type { ReleaseImage } from '#contract/index.ts';
import { whoami } from '#engine/actor.ts';
import { observe, serviceOf, type Target } from '#engine/stack/index.ts';
import { say } from '#kit/say.ts';
import { digestIn, keptName } from './images.ts';
import { hashesOf, imagesOf } from './model-of.ts';
import { newId } from './prepare.ts';
import { provenanceOf } from './provenance.ts';
import { encodeModel } from './records/model-codec.ts';
import type { ReleaseStore } from './records/store.ts';
import type { ReleaseDeps } from './types.ts';

/**
 * Records what runs before the first deploy, so that it can be gone back to: images by id, the files as they are now. Does
 * nothing where not every service of the files runs.
 */
export async function recordFirst(
  deps: ReleaseDeps,
  store: ReleaseStore,
  { model, project, environment }: Target,
): Promise<void> {
  if (!model) return;
  const { containers } = await observe(deps.gateway, project);
  const images: ReleaseImage[] = [];
  for (const [service, image] of imagesOf(model)) {
    const container = containers.find((one) => serviceOf(one) === service && one.running);
    const found = container && (await deps.gateway.images.find(container.imageId));
    if (!found) return;
    const digest = digestIn(found, image);
    images.push({ service, image, imageId: found.id, ...(digest === undefined ? {} : { digest }) });
  }
  const id = newId();
  const composeVersion = await deps.composeVersion();
  for (const { service, imageId } of images) {
    const [repository = '', tag = ''] = keptName(project, service, id).split(':');
    await deps.gateway.images.tag(imageId, repository, tag);
  }
  const found = await deps.gateway.images.find(images[0]?.imageId ?? '');
  const provenance = found ? provenanceOf(found.labels, found.created) : {};
  const at = new Date().toISOString();
  await store.append({
    type: 'begin',
    record: {
      schema: 1,
      id,
      project,
      environment,
      version: provenance.version ?? say`before the first deploy`,
      cause: 'first',
      startedAt: at,
      ...whoami(),
      images,
      provenance,
      hashes: hashesOf(model, composeVersion),
      composeVersion,
      model: await deps.seal.seal(encodeModel(model)),
      plan: [],
      ran: containers.filter(({ running }) => running).map((container) => container.id),
      pointed: {},
    },
  });
  await store.append({ type: 'end', id, at, outcome: 'done', summary: say`It ran before the first deploy.` });
}
