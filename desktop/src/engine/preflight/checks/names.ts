import type { Finding } from '#contract/index.ts';
import type { Model } from '#engine/compose/index.ts';
import type { ContainerSummary } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { answeringEngine, type Check, type PreflightInput } from '../check.ts';

type Named = Pick<ContainerSummary, 'name' | 'state' | 'labels'>;

/** Names that services want for their containers and that containers of somebody else have. */
function nameFindings(model: Model, project: string, containers: readonly Named[]): Finding[] {
  const wanted = [...model.services.values()].flatMap(({ name, container_name, scale }) =>
    container_name === undefined || scale === 0 ? [] : [{ service: name, wanted: container_name }],
  );
  const findings = wanted.flatMap((want) => {
    const holder = containers.find(({ name }) => name === want.wanted);
    return holder === undefined || isOwn(holder, project, want.service) ? [] : [taken(want, holder)];
  });
  if (findings.length > 0) return findings;
  return wanted.length === 0
    ? []
    : [{ check: 'names', severity: 'ok', title: say`The names of the containers are free` }];
}

function isOwn({ labels }: Named, project: string, service: string): boolean {
  return labels['com.docker.compose.project'] === project && labels['com.docker.compose.service'] === service;
}

function taken(want: { service: string; wanted: string }, { name, state, labels }: Named): Finding {
  const project = labels['com.docker.compose.project'];
  const whose =
    project === undefined ? say`a container that belongs to no project` : say`a container of project ${project}`;
  return {
    check: 'names',
    severity: 'blocker',
    title: say`${want.service} is to be named ${name}, which is the name of ${whose} (${state})`,
    why: say`Every name can be used once on an engine.`,
    remedy: say`Remove container_name from ${want.service}, so that it gets a name of its own, or rename the other container.`,
    repairs: [
      { kind: 'command', label: say`Rename the other container`, command: `docker rename ${name} ${name}-old` },
    ],
    details: { service: want.service, container: name, ...(project === undefined ? {} : { project }) },
  };
}

async function inspect(input: PreflightInput): Promise<Finding[]> {
  const { model, project } = input;
  if (![...(model?.services.values() ?? [])].some(({ container_name }) => container_name !== undefined)) return [];
  const gateway = await answeringEngine(input);
  return model === undefined || gateway === undefined
    ? []
    : nameFindings(model, project, await gateway.containers.list({}));
}

/** Names that services want for their containers are not used by others. */
export const namesCheck: Check = { name: 'names', run: inspect };
