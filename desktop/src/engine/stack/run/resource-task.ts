import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { label } from '../labels.ts';
import { unlessGone } from '../observe.ts';
import type { Task } from '../plan/step.ts';
import { networkBody, volumeBody } from '../translate/project-bodies.ts';
import { type RunContext, requiredModel } from './context.ts';
import type { StepResult } from './execute.ts';

type ResourceTask = Extract<
  Task,
  { do: 'create-network' | 'remove-network' | 'create-volume' | 'remove-volume' | 'remove-image' | 'tag-image' }
>;

/** Makes or removes a network, a volume or an image. */
export async function runResourceTask(context: RunContext, task: ResourceTask): Promise<StepResult> {
  const { volumes, images } = context.gateway;
  switch (task.do) {
    case 'create-network':
      return createNetwork(context, task.key);
    case 'create-volume':
      return createVolume(context, task.key);
    case 'remove-network':
      return removeNetwork(context, task.id, task.detach);
    case 'remove-volume':
      await volumes.remove(task.name);
      return 'done';
    case 'remove-image':
      await images.remove(task.image);
      return 'done';
    case 'tag-image':
      return tagImage(context, task);
  }
}

async function tagImage(context: RunContext, task: Extract<Task, { do: 'tag-image' }>): Promise<StepResult> {
  const { images } = context.gateway;
  const image = await images.find(task.image);
  if (!image) {
    throw new QuaysideError('IMAGE_NOT_FOUND', say`The image ${task.image} is not on this engine.`, {
      remedy: say`It was here when the plan was made; somebody removed it meanwhile. Try again.`,
    });
  }
  for (const name of task.names) {
    const { repository, tag } = splitTag(name);
    await images.tag(image.id, repository, tag);
    context.images.forget(name);
  }
  return 'done';
}

function splitTag(name: string): { repository: string; tag: string } {
  const colon = name.lastIndexOf(':');
  if (colon <= name.lastIndexOf('/')) return { repository: name, tag: 'latest' };
  return { repository: name.slice(0, colon), tag: name.slice(colon + 1) };
}

async function createNetwork(context: RunContext, key: string): Promise<StepResult> {
  const { networks } = context.gateway;
  const model = requiredModel(context);
  const network = model.networks.get(key);
  if (!network) return 'skipped';
  const body = networkBody(model, key, network, {
    composeVersion: await context.composeVersion(),
    apiVersion: context.observed.apiVersion,
  });
  try {
    await networks.create(body);
    return 'done';
  } catch (error) {
    if (!(error instanceof QuaysideError) || error.code !== 'ENGINE_CONFLICT') throw error;
    const existing = await unlessGone(networks.inspect(network.name));
    // Made by somebody else since the plan was.
    if (existing?.labels[label.project] === model.name && existing.labels[label.network] === key) return 'skipped';
    if (!existing) throw error;
    throw new QuaysideError(
      'ENGINE_CONFLICT',
      say`A network named ${network.name} exists already, but it was not created for network ${key} of ${model.name}.`,
      { remedy: say`Set "external: true" to use it as it is, or remove or rename one of the two.`, cause: error },
    );
  }
}

async function createVolume(context: RunContext, key: string): Promise<StepResult> {
  const model = requiredModel(context);
  const volume = model.volumes.get(key);
  if (!volume) return 'skipped';
  const made = await context.gateway.volumes.create(volumeBody(model, key, volume, await context.composeVersion()));
  // The engine hands out a volume that exists already without a word.
  if (made.labels[label.project] !== model.name) {
    const text = say`Volume ${volume.name} existed already and was not created for ${model.name}; it is used as it is.`;
    context.emit({ type: 'note', text });
  }
  return 'done';
}

/** A network that others still use is left alone, as the CLI does. */
async function removeNetwork(context: RunContext, id: string, detach: readonly string[]): Promise<StepResult> {
  const { networks } = context.gateway;
  const network = await unlessGone(networks.inspect(id));
  if (!network) return 'skipped';
  const others = network.containers.filter((container) => !detach.includes(container));
  if (others.length > 0) {
    const text = say`Network ${network.name} is still used by ${others.length} other container(s) and is left alone.`;
    context.emit({ type: 'note', text });
    return 'skipped';
  }
  for (const container of network.containers) await unlessGone(networks.disconnect(id, container));
  await networks.remove(id);
  return 'done';
}
