import type { ServiceModel } from '#engine/compose/index.ts';
import { say } from '#kit/say.ts';
import { imageName } from '../naming.ts';
import { checkBuildKeys } from './build-keys.ts';
import { policyOf, pullCause } from './pull-policy.ts';
import { addStep, type UpContext } from './up-context.ts';

/** Adds pull and build steps: pull what is missing or too old, build what cannot be pulled or what was asked for. */
export function planImages(context: UpContext): void {
  /** Step ids by image: whoever runs an image waits for all that bring it. */
  const brought = new Map<string, string[]>();
  const nameOf = (service: ServiceModel): string => imageName(context.model.name, service);
  for (const service of context.services) {
    const image = nameOf(service);
    const present = context.observed.images.get(image);
    const ids = brought.get(image) ?? [];
    brought.set(image, ids);
    const cause = service.image === undefined ? undefined : pullCause(context, service, present);
    if (cause !== undefined && !ids.includes(pullId(image))) ids.push(planPull(context, service, image, cause));
    const policy = policyOf(context, service);
    if (service.build !== undefined && (policy === 'build' || present === undefined)) {
      ids.push(planBuild(context, service, image, policy, [...ids]));
    }
  }
  for (const service of context.services) context.imageSteps.set(service.name, brought.get(nameOf(service)) ?? []);
}

const pullId = (image: string): string => `pull:${image}`;

function planPull(context: UpContext, service: ServiceModel, image: string, cause: string): string {
  // One service may build what another one runs: then it is no harm that nobody can pull it.
  const tolerant = context.services.some(
    (other) => other.build !== undefined && imageName(context.model.name, other) === image,
  );
  return addStep(context, {
    id: pullId(image),
    kind: 'image.pull',
    resource: image,
    service: service.name,
    cause,
    after: [],
    task: { do: 'pull', image, tolerant },
  });
}

function planBuild(
  context: UpContext,
  service: ServiceModel,
  image: string,
  policy: string,
  after: readonly string[],
): string {
  checkBuildKeys(service, true);
  const id = `build:${service.name}`;
  addStep(context, {
    id,
    kind: 'image.build',
    resource: image,
    service: service.name,
    cause: policy === 'build' ? say`a build was asked for` : say`the image does not exist yet`,
    after: [...after],
    task: { do: 'build', onlyIfMissing: policy !== 'build', noCache: false },
  });
  return id;
}
