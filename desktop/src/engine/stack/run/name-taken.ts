import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { label } from '../labels.ts';
import { unlessGone } from '../observe.ts';
import type { RunContext } from './context.ts';

/** Says who has the name where the engine refuses it. One of this project's own is a sign that the plan is out of date. */
export async function unlessNameTaken<T>(context: RunContext, name: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof QuaysideError) || error.code !== 'ENGINE_CONFLICT') throw error;
    const holder = await unlessGone(context.gateway.containers.inspect(name));
    if (!holder || holder.labels[label.project] === context.project) throw error;
    const project = holder.labels[label.project];
    const whose = project === undefined ? say`was started outside of any project` : say`belongs to project ${project}`;
    throw new QuaysideError('NAME_TAKEN', say`The name ${name} is taken by a container that ${whose}.`, {
      remedy: say`Rename or remove that container (docker rm -f ${name}), or give the service another container_name.`,
      details: { container: name, ...(project === undefined ? {} : { project }) },
      cause: error,
    });
  }
}
