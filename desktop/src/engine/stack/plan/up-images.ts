import { QuaysideError } from '#contract/index.ts';
import type { ServiceModel } from '#engine/compose/index.ts';
import { imageName } from '../naming.ts';
import { checkBuildKeys } from './build-keys.ts';
import { addStep, type UpContext } from './up-context.ts';

/** Adds pull and build steps: pull what is missing, build what cannot be pulled or what was asked for. */
export function planImages(context: UpContext): void {
  const pulls = new Map<string, string>();
  for (const service of context.services) {
    const image = imageName(context.model.name, service);
    const present = context.observed.images.has(image);
    const ids: string[] = [];
    const policy = pullPolicy(context, service);
    if (service.image !== undefined && wantsPull(policy, present)) {
      const known = pulls.get(image);
      const id = known ?? `pull:${image}`;
      if (known === undefined) {
        pulls.set(image, id);
        addStep(context, {
          id,
          kind: 'image.pull',
          resource: image,
          service: service.name,
          cause: present ? 'asked for the newest image' : 'the image is not on this engine',
          after: [],
          task: { do: 'pull', image, tolerant: service.build !== undefined },
        });
      }
      ids.push(id);
    }
    if (service.build !== undefined && (policy === 'build' || !present))
      ids.push(planBuild(context, service, image, policy, ids));
    context.imageSteps.set(service.name, ids);
  }
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
    cause: policy === 'build' ? 'a build was asked for' : 'the image does not exist yet',
    after: [...after],
    task: { do: 'build', onlyIfMissing: policy !== 'build', noCache: false },
  });
  return id;
}

function pullPolicy(context: UpContext, service: ServiceModel): string {
  const { build, pull } = context.action;
  if (build === true && service.build !== undefined) return 'build';
  return pull ?? service.pull_policy ?? 'missing';
}

function wantsPull(policy: string, present: boolean): boolean {
  switch (policy) {
    case 'always':
      return true;
    case 'missing':
    case 'if_not_present':
      return !present;
    case 'never':
    case 'build':
      return false;
    default:
      throw new QuaysideError('COMPOSE_UNSUPPORTED', `The pull policy "${policy}" is not supported yet.`, {
        remedy: 'Use always, missing, never or build.',
      });
  }
}
