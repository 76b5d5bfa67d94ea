/** Labels that docker compose writes and reads; the same on every container, network, volume and image that Quayside makes. */
export const label = {
  project: 'com.docker.compose.project',
  service: 'com.docker.compose.service',
  version: 'com.docker.compose.version',
  workingDir: 'com.docker.compose.project.working_dir',
  configFiles: 'com.docker.compose.project.config_files',
  environmentFile: 'com.docker.compose.project.environment_file',
  oneoff: 'com.docker.compose.oneoff',
  number: 'com.docker.compose.container-number',
  configHash: 'com.docker.compose.config-hash',
  dependsOn: 'com.docker.compose.depends_on',
  image: 'com.docker.compose.image',
  imageBuilder: 'com.docker.compose.image.builder',
  replace: 'com.docker.compose.replace',
  network: 'com.docker.compose.network',
  volume: 'com.docker.compose.volume',
  quayside: 'dev.quayside.version',
  content: 'dev.quayside.content',
  /** Id of the release that made a container. */
  release: 'dev.quayside.release',
} as const;

/** The label filter that finds everything of a project, as the CLI asks for it. */
export function ofProject(project: string): string[] {
  return [`${label.project}=${project}`];
}
