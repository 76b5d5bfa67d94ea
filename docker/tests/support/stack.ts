import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type CommandOptions, command, docker } from './command.ts';
import { Container } from './container.ts';
import type { Service } from './images.ts';
import { freePort } from './ports.ts';
import { repository } from './project.ts';
import { until } from './wait.ts';

export type Environment = 'dev' | 'prod';
/** A stack is up in seconds where the machine has nothing else to do. */
const upLimitMs = 800_000;

type Variables = Readonly<Record<string, string>>;

/** The shop as one of its compose files defines it, under a project name and on ports of its own. */
export class Stack implements AsyncDisposable {
  readonly name = `qs-test-shop-${randomBytes(4).toString('hex')}`;
  readonly backend: string;
  readonly frontend: string;
  readonly #environment: Environment;
  readonly #options: CommandOptions;

  constructor(environment: Environment, directory: string, env: Variables, ports: readonly [number, number]) {
    const [backend, frontend] = ports;
    this.#environment = environment;
    this.backend = `http://127.0.0.1:${backend}`;
    this.frontend = `http://127.0.0.1:${frontend}`;
    const own = {
      COMPOSE_PROJECT_NAME: this.name,
      BACKEND_PORT: String(backend),
      FRONTEND_PORT: String(frontend),
    };
    this.#options = { cwd: directory, env: { ...env, ...own } };
  }

  /** Runs the reference CLI on the compose file as it is. */
  async compose(...args: string[]): Promise<string> {
    const file = `docker-compose.${this.#environment}.yml`;
    return (await command('docker', ['compose', '-f', file, ...args], this.#options)).stdout;
  }

  /**
   * Starts it. A machine with much else to do may begin a service later than its health check bears, which ends the
   * command though the service comes up all the same; it is then given again.
   */
  async up(...args: string[]): Promise<void> {
    const attempt = () =>
      this.compose('up', '--detach', '--wait', ...args).then(
        () => true,
        (error: unknown) => {
          if (!String(error).includes('is unhealthy')) throw error;
          return undefined;
        },
      );
    await until('the stack healthy', attempt, upLimitMs);
  }

  /** Runs this project's own CLI on the same environment. */
  async quayside(...args: string[]): Promise<string> {
    const environment = this.#environment === 'dev' ? 'development' : 'production';
    const program = join(repository, 'desktop/bin/quayside.mjs');
    return (await command(process.execPath, [program, '--env', environment, ...args], this.#options)).stdout;
  }

  async container(service: Service): Promise<Container> {
    return new Container(await docker(['compose', '-p', this.name, 'ps', '--all', '--quiet', service]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.compose(
      'down',
      '--volumes',
      '--timeout',
      '1',
      ...(this.#environment === 'dev' ? ['--rmi', 'local'] : []),
    );
  }
}

/** A stack that is not up yet. `directory` has the compose files. */
export async function stackOf(environment: Environment, env: Variables, directory = repository): Promise<Stack> {
  return new Stack(environment, directory, env, [await freePort(), await freePort()]);
}
