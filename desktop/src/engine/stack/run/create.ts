import { QuaysideError } from '#contract/index.ts';
import { hashProfileOf, type ServiceModel, serviceHash } from '#engine/compose/index.ts';
import { say } from '#kit/say.ts';
import { contentLabel } from '../content-label.ts';
import { label } from '../labels.ts';
import { containerName, imageName } from '../naming.ts';
import type { Task } from '../plan/step.ts';
import { containerSpec } from '../translate/container.ts';
import { containerOf, containersOf } from './containers-of.ts';
import { imageOf, type RunContext, requiredModel, serviceModel } from './context.ts';
import { injectFiles } from './inject.ts';
import { unlessNameTaken } from './name-taken.ts';
import { readSeccomp } from './seccomp.ts';

type CreateTask = Extract<Task, { do: 'create' }>;

/** Creates a container with the labels that make the CLI adopt it; does not start it. */
export async function runCreate(context: RunContext, serviceName: string, task: CreateTask): Promise<void> {
  const model = requiredModel(context);
  const service = serviceModel(context, serviceName);
  const image = await imageOf(context, serviceName);
  if (!image) {
    throw new QuaysideError(
      'IMAGE_NOT_FOUND',
      say`The image ${imageName(context.project, service)} is not on this engine.`,
      {
        remedy: say`Build or pull it first.`,
        details: { service: serviceName },
      },
    );
  }
  const { spec, connectLater } = containerSpec({
    model,
    service,
    number: task.number,
    finalName: containerName(context.project, service, task.number),
    createName: task.name,
    labels: await containerLabels(context, service, task, image.id),
    image,
    ...(task.replaces === undefined || task.renewVolumes === true ? {} : { replaces: task.replaces }),
    containerOf: (name) => containerOf(context, name),
    containersOf: (name) => containersOf(context, name),
    seccomp: await readSeccomp(service, model.directory),
    proxies: await context.gateway.proxyEnvironment(),
    apiVersion: context.observed.apiVersion,
  });
  const { id, warnings } = await unlessNameTaken(context, spec.name, context.gateway.containers.create(spec));
  for (const warning of warnings) context.emit({ type: 'note', text: `${serviceName}: ${warning}` });
  try {
    for (const { network, endpoint } of connectLater) await context.gateway.networks.connect(network, id, endpoint);
    await injectFiles(context, serviceName, id);
  } catch (error) {
    await context.gateway.containers.remove(id, { force: true, volumes: true });
    throw error;
  }
  if (task.replaces && task.keeps !== true) context.created.set(task.slot, id);
  else context.slots.set(task.slot, id);
}

async function containerLabels(
  context: RunContext,
  service: ServiceModel,
  task: CreateTask,
  imageId: string,
): Promise<Record<string, string>> {
  const model = requiredModel(context);
  const composeVersion = await context.composeVersion();
  const content = contentLabel(service, model);
  return {
    [label.project]: context.project,
    [label.service]: service.name,
    [label.version]: composeVersion,
    [label.workingDir]: model.directory,
    [label.configFiles]: model.files.join(','),
    ...(model.envFiles.length === 0 ? {} : { [label.environmentFile]: model.envFiles.join(',') }),
    [label.oneoff]: 'False',
    [label.number]: String(task.number),
    [label.configHash]: serviceHash(service, hashProfileOf(composeVersion), (name) => containerOf(context, name)),
    [label.dependsOn]: dependsOnLabel(service),
    [label.image]: imageId,
    [label.quayside]: context.quaysideVersion,
    ...(content === undefined ? {} : { [label.content]: content }),
    ...context.marks,
    ...(task.replaces ? { [label.replace]: service.container_name ?? `${service.name}-${task.number}` } : {}),
  };
}

function dependsOnLabel(service: ServiceModel): string {
  return Object.entries(service.depends_on ?? {})
    .map(([name, { condition, restart }]) => `${name}:${condition}:${String(restart === true)}`)
    .sort()
    .join(',');
}
