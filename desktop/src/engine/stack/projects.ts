import type { ContainerSummary, DockerGateway } from '#engine/docker/index.ts';
import { label } from './labels.ts';

/** A compose project as the labels of its containers describe it, whoever started it. */
export interface LabelledProject {
  readonly name: string;
  /** Folder in which it was started, on the machine where that was done. */
  readonly directory: string | undefined;
  readonly files: readonly string[];
  readonly envFiles: readonly string[];
  readonly containers: number;
  readonly running: number;
}

/** All compose projects on the engine, by name. One call, whatever their number. */
export async function listProjects(gateway: DockerGateway): Promise<LabelledProject[]> {
  const containers = await gateway.containers.list({ label: [label.project] });
  const byName = Map.groupBy(containers, ({ labels }) => labels[label.project] ?? '');
  return [...byName].map(([name, members]) => describe(name, members)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function describe(name: string, members: readonly ContainerSummary[]): LabelledProject {
  // Containers of an older start may still name other files; the CLI goes by the first it finds, too.
  const labels = members.find((member) => label.configFiles in member.labels)?.labels ?? {};
  return {
    name,
    directory: labels[label.workingDir],
    files: pathsOf(labels[label.configFiles]),
    envFiles: pathsOf(labels[label.environmentFile]),
    containers: members.length,
    running: members.filter(({ state }) => state === 'running').length,
  };
}

function pathsOf(text: string | undefined): string[] {
  return (text ?? '').split(',').filter((path) => path !== '');
}
