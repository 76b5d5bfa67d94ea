import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ComposeProject, createComposeProject } from './compose-project.ts';
import { type DockerEnv, docker, dockerText } from './docker-cli.ts';
import { freePort } from './free-port.ts';
import { type Ended, quayside } from './quayside-command.ts';
import { type LocalRegistry, startLocalRegistry } from './registry/local-registry.ts';
import { pushVersion, readyProbe, type VersionOf, versionProbe } from './release-images.ts';

/** A stack of two services, `api` and `page` that waits for it, one with a fixed port, whose versions lie in a registry. */
export interface ReleaseProject {
  readonly project: ComposeProject;
  readonly registry: LocalRegistry;
  /** Address of the service with the port, which answers with its version. */
  readonly url: string;
  /** Folder where the command keeps its records. */
  readonly state: string;
  /** Name of a service's image, without tag. */
  image(service: string): string;
  push(
    version: string,
    more?: {
      readonly broken?: 'api' | 'page';
      readonly unready?: 'api' | 'page';
      readonly labels?: VersionOf['labels'];
    },
  ): Promise<void>;
  /** Runs the command on the project. */
  run(
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
    onOutput?: (out: string) => void,
  ): Promise<Ended>;
  /** Digests of a pushed version by service. */
  digests(version: string): Readonly<Record<string, string | undefined>>;
  /** Digests that run by service, as the reference CLI tells it. */
  running(): Promise<Readonly<Record<string, string>>>;
  /** What is answered there. */
  served(): Promise<string>;
  remove(): Promise<void>;
}

const services = ['api', 'page'] as const;

export interface ReleaseProjectOptions {
  readonly published?: 'api' | 'page';
  /** Services are asked whether they are ready, too. They are not while there is a file `needs/down`. */
  readonly readiness?: boolean;
  /** Address of the engine on which it runs; versions are made and pushed on the one of all tests. */
  readonly engine?: string;
  /** The address under which images are named and pulled, for something that stands before the registry. */
  readonly before?: (registry: LocalRegistry) => Promise<{ readonly host: string }>;
}

export async function createReleaseProject(options: ReleaseProjectOptions = {}): Promise<ReleaseProject> {
  const registry = await startLocalRegistry({ login: false });
  const project = await createComposeProject();
  const state = await mkdtemp(join(tmpdir(), 'qs-test-state-'));
  const port = await freePort();
  const pushed = new Map<string, string>();
  const onEngine: DockerEnv = options.engine === undefined ? {} : { DOCKER_HOST: options.engine };
  const { host } = (await options.before?.(registry)) ?? registry;
  const image = (service: string): string => `${host}/${project.name}-${service}`;
  if (options.readiness === true) await mkdir(join(project.directory, 'needs'));
  await project.write('compose.yaml', content(image, port, options));
  return {
    project,
    registry,
    state,
    url: `http://127.0.0.1:${port}/`,
    image,
    async push(version, { broken, unready, labels = {} } = {}) {
      for (const service of services) {
        const name = `${image(service)}:${version}`;
        const faults = { broken: broken === service, unready: unready === service };
        const digest = await pushVersion({ name, version, ...faults, labels });
        pushed.set(`${service} ${version}`, digest);
      }
    },
    run: (args, env, onOutput) =>
      quayside(
        ['-C', project.directory, '-p', project.name, ...args],
        { QUAYSIDE_STATE_DIR: state, ...onEngine, ...env },
        onOutput,
      ),
    digests: (version) => Object.fromEntries(services.map((service) => [service, pushed.get(`${service} ${version}`)])),
    running: () => runningOf(project, image, onEngine),
    served: async () => (await fetch(`http://127.0.0.1:${port}/`)).text(),
    async remove() {
      await project.remove();
      await registry.dispose();
      await removeImages([`quayside.local/${project.name}/*`, `${host}/*`]);
      await rm(state, { recursive: true });
    },
  };
}

function content(
  image: (service: string) => string,
  port: number,
  { published = 'api', readiness = false }: ReleaseProjectOptions,
): object {
  const healthcheck = { test: versionProbe, interval: '1s', retries: 3, start_period: '2s', start_interval: '200ms' };
  const ready = { labels: { 'dev.quayside.readiness': readyProbe }, volumes: ['./needs:/needs:ro'] };
  const common = { healthcheck, init: true, stop_grace_period: '1s', ...(readiness ? ready : {}) };
  const named = (service: string): string => `${image(service)}:\${VERSION:-1.0.0}`;
  const service = (name: 'api' | 'page'): object => ({
    ...common,
    image: named(name),
    ...(name === published ? { ports: [`127.0.0.1:${port}:8000`] } : {}),
  });
  return {
    services: {
      api: service('api'),
      page: { ...service('page'), depends_on: { api: { condition: 'service_healthy' } } },
    },
  };
}

async function runningOf(
  project: ComposeProject,
  image: (service: string) => string,
  env: DockerEnv,
): Promise<Record<string, string>> {
  const ask = async (...args: string[]): Promise<string> => (await docker(args, { env })).stdout.trimEnd();
  const filter = `label=com.docker.compose.project=${project.name}`;
  const listed = await ask('ps', '-q', '--no-trunc', '--filter', filter);
  const found: Record<string, string> = {};
  for (const id of listed.split('\n').filter((one) => one !== '')) {
    const format = '{{index .Config.Labels "com.docker.compose.service"}} {{.Image}} {{.Name}}';
    const [service = '', imageId = '', name = ''] = (await ask('inspect', '--format', format, id)).split(' ');
    const digests = JSON.parse(await ask('image', 'inspect', '--format', '{{json .RepoDigests}}', imageId)) as string[];
    const own = digests.find((digest) => digest.startsWith(`${image(service)}@`))?.split('@')[1] ?? '';
    // A container that still carries a temporary name is no end state.
    found[name === `/${project.name}-${service}-1` ? service : name] = own;
  }
  return found;
}

async function removeImages(references: readonly string[]): Promise<void> {
  const filters = references.flatMap((reference) => ['--filter', `reference=${reference}`]);
  const listed = await dockerText('image', 'ls', '-q', '--no-trunc', ...filters);
  const ids = [...new Set(listed.split('\n').filter((id) => id !== ''))];
  if (ids.length > 0) await docker(['image', 'rm', '-f', ...ids]);
}
