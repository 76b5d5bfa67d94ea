import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DockerEnv, docker, removeLabelled } from './docker-cli.ts';

/** A compose project of a test: a folder, a name of its own, and the reference CLI on it. */
export interface ComposeProject {
  readonly directory: string;
  readonly name: string;
  /** Writes a file of the project; objects become JSON, which is YAML. */
  readonly write: (file: string, content: object | string) => Promise<void>;
  readonly read: (file: string) => Promise<string>;
  /** Runs `docker compose -p NAME ARGS` and gives both outputs as one text. Throws where it fails. */
  readonly compose: (...args: string[]) => Promise<string>;
  /** Runs `docker ARGS` in the folder and gives both outputs as one text. */
  readonly docker: (args: readonly string[], env?: DockerEnv) => Promise<string>;
  /** Takes everything of the project off the engine and deletes the folder. */
  readonly remove: () => Promise<void>;
}

/** Makes a project whose resources are named `qs-test-…`, so that a leak can be told. */
export async function createComposeProject(content?: object): Promise<ComposeProject> {
  const directory = await mkdtemp(join(tmpdir(), 'qs-test-'));
  const name = `qs-test-${randomBytes(4).toString('hex')}`;
  const project: ComposeProject = {
    directory,
    name,
    write: (file, value) => writeFile(join(directory, file), typeof value === 'string' ? value : JSON.stringify(value)),
    read: (file) => readFile(join(directory, file), 'utf8'),
    compose: (...args) => project.docker(['compose', '-p', name, ...args]),
    async docker(args, env) {
      const { stdout, stderr } = await docker(args, { cwd: directory, ...(env === undefined ? {} : { env }) });
      return `${stdout}${stderr}`;
    },
    async remove() {
      await removeLabelled(`com.docker.compose.project=${name}`);
      await rm(directory, { recursive: true, force: true });
    },
  };
  if (content) await project.write('compose.yaml', content);
  return project;
}

/** A service that serves HTTP on port 8000 with a health command that works; base image only. */
export function webService(more: object = {}): object {
  const probe =
    "require('http').get('http://127.0.0.1:8000',r=>process.exit(r.statusCode===200?0:1)).on('error',e=>{console.log(e.message);process.exit(1)})";
  return {
    image: 'node:24-bookworm-slim',
    init: true,
    command: ['node', '-e', "require('http').createServer((q,s)=>s.end('ok')).listen(8000)"],
    healthcheck: {
      test: ['CMD', 'node', '-e', probe],
      interval: '1s',
      timeout: '5s',
      retries: 20,
      start_period: '20s',
      start_interval: '500ms',
    },
    stop_grace_period: '2s',
    ...more,
  };
}
