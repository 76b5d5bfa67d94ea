import { join } from 'node:path';
import { removeLabelled } from '#testing/docker-cli.ts';
import { freePort } from '#testing/free-port.ts';
import { desktopFolder } from './app.ts';

/** The shop of this repository, under a project name and on ports of its own. */
export interface ShopProject {
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  /** Asks the shop through its frontend and gives the body of the answer. */
  chat(message: string, correlationId: string): Promise<string>;
  /** Takes containers, networks, volumes and images of the project off the engine. */
  remove(): Promise<void>;
}

export async function shopProject(suffix: string): Promise<ShopProject> {
  const project = `qs-test-e2e-${suffix}`;
  const [backend, frontend] = [await freePort(), await freePort()];
  return {
    directory: join(desktopFolder, '..'),
    env: { COMPOSE_PROJECT_NAME: project, BACKEND_PORT: String(backend), FRONTEND_PORT: String(frontend) },
    async chat(message, correlationId) {
      const response = await fetch(`http://127.0.0.1:${frontend}/api/chat`, {
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          'x-correlation-id': correlationId,
        },
        body: JSON.stringify({ message }),
      });
      return response.text();
    },
    remove: () => removeLabelled(`com.docker.compose.project=${project}`),
  };
}
