import type { Repair } from '#contract/index.ts';
import { say } from '#kit/say.ts';

/** What is known of an engine that does not answer, and of the machine. */
export interface EngineFacts {
  /** Address of the engine; empty where it cannot be told which one is meant. */
  readonly url: string;
  readonly platform: NodeJS.Platform;
  /** Something of Docker is on this machine: a program, an application. */
  readonly installed: boolean;
  /** The address is the one that is used where nobody named another. */
  readonly usual: boolean;
}

/** The command that brings the engine behind an address up; undefined where nobody here can. */
export function startCommand({ url, platform }: EngineFacts): string | undefined {
  if (!/^(?:unix|npipe):/.test(url)) return undefined;
  if (url.includes('/.colima/')) return 'colima start';
  if (url.includes('/.orbstack/')) return 'orbctl start';
  if (url.includes('/.rd/')) return 'rdctl start';
  if (url.includes('podman'))
    return platform === 'linux' ? 'systemctl --user start podman.socket' : 'podman machine start';
  if (platform !== 'linux' || url.includes('/.docker/')) return 'docker desktop start';
  return /^unix:\/\/\/run\/user\/\d+\//.test(url) ? 'systemctl --user start docker' : 'sudo systemctl start docker';
}

/** Where Docker is got, by platform. */
export function installRemedy(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'darwin':
      return say`Install Docker Desktop (https://docs.docker.com/desktop/setup/install/mac-install/), start it, and check again.`;
    case 'win32':
      return say`Install Docker Desktop (https://docs.docker.com/desktop/setup/install/windows-install/), start it, and check again.`;
    default:
      return say`Install Docker Engine (https://docs.docker.com/engine/install/) or Docker Desktop, and check again.`;
  }
}

/** What can be done about an engine that does not answer, by the code of its error. */
export function engineRepairs(code: string, facts: EngineFacts): Repair[] {
  if (code === 'ENGINE_DOWN') {
    const command = startCommand(facts);
    return command === undefined ? [] : [{ kind: 'command', label: say`Start Docker`, command }];
  }
  if (code === 'ENGINE_PERMISSION' && facts.platform === 'linux' && facts.url.startsWith('unix:')) {
    return [{ kind: 'command', label: say`Allow yourself to use Docker`, command: 'sudo usermod -aG docker "$USER"' }];
  }
  return [];
}
