import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { command, docker } from './command.ts';
import { imageOf, type Service } from './images.ts';
import { until } from './wait.ts';

const ports: Readonly<Record<Service, number>> = { backend: 8000, frontend: 8501 };

const inspected = z.object({
  State: z.object({
    Status: z.string(),
    ExitCode: z.number(),
    StartedAt: z.coerce.date(),
    FinishedAt: z.coerce.date(),
    Health: z
      .object({
        Status: z.string(),
        Log: z.array(z.object({ End: z.coerce.date(), ExitCode: z.number(), Output: z.string() })),
      })
      .optional(),
  }),
  RestartCount: z.number(),
});

export type Variables = Readonly<Record<string, string>>;

/** The options that give these variables to a container. */
export const variables = (values: Variables) =>
  Object.entries(values).flatMap(([name, value]) => ['--env', `${name}=${value}`]);

/** One container on the engine. */
export class Container {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }

  async inspect<T extends z.ZodType>(schema: T): Promise<z.infer<T>> {
    return schema.parse(JSON.parse(await docker(['inspect', '--format', '{{json .}}', this.id])));
  }

  async state() {
    const { State, RestartCount } = await this.inspect(inspected);
    return { ...State, RestartCount };
  }

  /** What it wrote, one parsed JSON line each. */
  async lines() {
    const { stdout, stderr } = await command('docker', ['logs', this.id]);
    return jsonLines(stdout + stderr);
  }

  /** Runs a script of tests/inside in it with its own Node, as its own user, and parses what it prints. */
  async runFile<T extends z.ZodType>(schema: T, file: string, env: Variables = {}): Promise<z.infer<T>> {
    const input = await readFile(join(import.meta.dirname, '../inside', file), 'utf8');
    const args = ['exec', '--interactive', ...variables(env), this.id, 'node', '--input-type=module', '-'];
    return schema.parse(JSON.parse(await docker(args, { input })));
  }

  /** Resolves when the engine calls it healthy. */
  async healthy(): Promise<void> {
    await until('healthy', async () => ((await this.state()).Health?.Status === 'healthy' ? true : undefined));
  }

  /** Runs a piece of JavaScript in it with its own Node, as its own user, and parses what `tell` is given. */
  async run<T extends z.ZodType>(schema: T, script: string): Promise<z.infer<T>> {
    const tell = 'const fs = require("node:fs"); const tell = (value) => console.log(JSON.stringify(value));';
    return schema.parse(JSON.parse(await docker(['exec', this.id, 'node', '-e', `${tell}${script}`])));
  }
}

const line = z.looseObject({
  level: z.number(),
  msg: z.string(),
  logger: z.string(),
  correlationId: z.string().optional(),
});

/** Parses every line; throws where one is not a log line of the shop. */
export function jsonLines(text: string) {
  return text
    .split('\n')
    .filter((each) => each !== '')
    .map((each) => line.parse(JSON.parse(each)));
}

/** A container of its own for a test, from an image of this run; gone at the end of the block that it is used in. */
export class TestContainer extends Container implements AsyncDisposable {
  readonly name: string;
  readonly service: Service;

  constructor(id: string, name: string, service: Service) {
    super(id);
    this.name = name;
    this.service = service;
  }

  /** The address of the service from this machine; works when it was started with `published`. */
  async url(): Promise<string> {
    return `http://${(await docker(['port', this.id, `${ports[this.service]}/tcp`])).split('\n')[0] ?? ''}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await docker(['rm', '-f', '-v', this.id]);
  }
}

/** Restrictions under which production runs; a test that passes without them proves less. */
const hardened = [
  ...['--init', '--read-only', '--tmpfs', '/tmp:rw,noexec,nosuid,nodev,size=16m', '--cap-drop', 'ALL'],
  ...['--security-opt', 'no-new-privileges', '--pids-limit', '128', '--memory', '512m', '--memory-swap', '512m'],
];

/** Publishes the port of the service on any free one of this machine. */
export const published = (service: Service) => ['-p', `127.0.0.1::${ports[service]}`];

/** No request is refused because there are many, nor because the machine is busy. */
export const unlimited = ['--env', 'RATE_LIMIT_PER_MINUTE=0', '--env', 'MAX_EVENT_LOOP_DELAY_MS=60000'];

async function make(verb: readonly string[], service: Service, options: readonly string[], args: readonly string[]) {
  const name = `qs-test-${service}-${randomBytes(4).toString('hex')}`;
  const id = await docker([...verb, '--name', name, ...options, imageOf(service), ...args]);
  return new TestContainer(id, name, service);
}

/** Starts a container of the service's image; `args` replace those that the image gives to node. */
export const start = (service: Service, options: readonly string[] = [], args: readonly string[] = []) =>
  make(['run', '--detach'], service, [...hardened, ...options], args);

/** Like `start`, but it does not run yet, so that files can be put into it; without a read-only root therefore. */
export const create = (service: Service, options: readonly string[] = []) => make(['create'], service, options, []);
