import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const programs = ['docker', 'dockerd', 'podman', 'colima', 'docker.exe'];
const applications: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['/Applications/Docker.app', '/Applications/OrbStack.app', '/Applications/Rancher Desktop.app'],
  win32: ['C:\\Program Files\\Docker\\Docker'],
  linux: ['/opt/docker-desktop', '/snap/bin/docker', '/usr/bin/dockerd'],
};

/** Whether something that brings an engine is on this machine. */
export async function isDockerInstalled(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): Promise<boolean> {
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const places = [
    ...folders.flatMap((folder) => programs.map((program) => join(folder, program))),
    ...(applications[platform] ?? []),
  ];
  const found = await Promise.all(
    places.map((place) =>
      access(place).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
