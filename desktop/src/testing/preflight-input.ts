import { relative } from 'node:path';
import { type LoadRequest, loadModel, traceModel } from '#engine/compose/index.ts';
import { createConfiguration } from '#engine/configuration/index.ts';
import type { ContainerSummary, DockerGateway, EngineMachine, ImageDetail } from '#engine/docker/index.ts';
import type { PreflightInput } from '#engine/preflight/index.ts';

/** What preflight looks at for the compose file of a folder, with an engine of the caller's making. */
export async function preflightInput(
  directory: string,
  gateway: PreflightInput['gateway'],
  env: Record<string, string> = {},
): Promise<PreflightInput> {
  const request: LoadRequest = { directory, files: ['compose.yaml'], envFiles: [], profiles: [], env };
  const { trace } = await traceModel(request);
  const loaded: Partial<PreflightInput> = await loadModel(request).then(
    (model) => ({ model }),
    (error: unknown) => ({ error }),
  );
  const configuration = createConfiguration({
    request: () => Promise.resolve(request),
    saved: () => undefined,
    note: () => Promise.resolve(),
    state: () => Promise.resolve(directory),
    profile: () => Promise.resolve('P5'),
  });
  return {
    environment: 'default',
    directory,
    project: 'shop',
    ...loaded,
    envFiles: [],
    gateway,
    variables: () => configuration.variables('default'),
    originOf(path) {
      const place = trace.originAt(path)?.place;
      return Promise.resolve(place && { file: relative(directory, place.file), line: place.line });
    },
  };
}

/** What a made-up engine has. */
export interface FakeEngineFacts {
  readonly url?: string;
  readonly arch?: string;
  readonly machine?: EngineMachine;
  readonly free?: number;
  readonly containers?: readonly ContainerSummary[];
  readonly images?: Readonly<Record<string, Partial<ImageDetail>>>;
  /** What the registry says of an image that is not here; throws as the gateway would. */
  readonly remote?: (image: string) => void;
}

/** As much of a gateway as preflight asks. */
export function fakeGateway(facts: FakeEngineFacts = {}): DockerGateway {
  const { url = 'unix:///run/test.sock', arch = 'amd64', machine = {}, free, containers = [], images = {} } = facts;
  const gateway = {
    endpoint: { url, source: 'test' },
    info: () => Promise.resolve({ version: '26.1.5', apiVersion: '1.45', os: 'linux', arch }),
    ping: () => Promise.resolve(),
    machine: () => Promise.resolve(machine),
    freeRoom: () => Promise.resolve(free),
    containers: { list: () => Promise.resolve(containers) },
    images: {
      find: (name: string) => Promise.resolve(images[name]),
      remote: async (name: string) => {
        await Promise.resolve();
        facts.remote?.(name);
        return { platforms: [] };
      },
    },
  };
  return gateway as unknown as DockerGateway;
}
