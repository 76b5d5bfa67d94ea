import { ORPCError } from '@orpc/client';
import { createRouter } from '#api/router.ts';
import { serveInProcess } from '#api/serve/in-process.ts';
import { type CoreClient, errorCodes, type Problem, type Project, QuaysideError, toProblem } from '#contract/index.ts';
import { createEngine } from '#engine/engine.ts';
import { version } from '#kit/version.ts';
import { statusOf } from './exit-status.ts';
import { type GlobalOptions, selectionOf } from './global-options.ts';
import { createOutput, type Output } from './output.ts';

/** What every command gets: the core over the contract, the chosen environment, and where to write. */
export interface Session {
  readonly client: CoreClient;
  readonly output: Output;
  readonly options: GlobalOptions;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  project(): Promise<Project>;
  /** Id of the environment that the options choose. */
  environment(): Promise<string>;
}

/** Runs a command with a core of its own and returns its exit status; the core is closed on every way out. */
export async function withSession(
  options: GlobalOptions,
  command: (session: Session) => Promise<number>,
): Promise<number> {
  const output = createOutput(options.json === true, process.env);
  const interrupt = new AbortController();
  const onInterrupt = (): void => {
    interrupt.abort();
  };
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  // Whoever reads the output has had enough, as `head` does: that is no error.
  process.stdout.on('error', onOutputError(onInterrupt));
  let close: (() => Promise<void>) | undefined;
  try {
    const engine = createEngine({ ...(await selectionOf(options)), hostKind: 'cli', version, env: process.env });
    close = () => engine.dispose();
    const client = serveInProcess(createRouter(engine));
    const project = (): Promise<Project> => client.project.get();
    const environment = (): Promise<string> => chooseEnvironment(client, options);
    return await command({ client, output, options, signal: interrupt.signal, project, environment });
  } catch (error) {
    const problem = problemOf(error);
    output.problem(problem);
    output.result(false, { problem });
    return statusOf(problem.code);
  } finally {
    await close?.();
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
  }
}

function onOutputError(interrupt: () => void): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (error.code !== 'EPIPE') throw error;
    interrupt();
  };
}

async function chooseEnvironment(client: CoreClient, options: GlobalOptions): Promise<string> {
  const { environments, defaultEnvironment, problem } = await client.project.get();
  if (problem?.code === 'PROJECT_NOT_FOUND' && options.projectName !== undefined) {
    return startedElsewhere(client, options.projectName);
  }
  if (problem) throw new QuaysideError(problem.code, problem.message, problem);
  const wanted = options.env ?? defaultEnvironment;
  const found = environments.find((environment) => environment.id === wanted);
  if (!found) {
    throw new QuaysideError('ENVIRONMENT_NOT_FOUND', `There is no environment named ${String(wanted)} here.`, {
      remedy: `Environments of this folder: ${environments.map(({ id }) => id).join(', ') || 'none'}.`,
    });
  }
  // What was named by hand has to be there; a folder whose files are broken can still be watched.
  if (options.file !== undefined && found.problem)
    throw new QuaysideError(found.problem.code, found.problem.message, found.problem);
  return found.id;
}

/** Outside of any project folder, `-p NAME` names a project that runs on the engine, as it does for docker compose. */
async function startedElsewhere(client: CoreClient, name: string): Promise<string> {
  const others = await client.project.others();
  const found = others.find(({ project }) => project === name);
  if (found) return found.id;
  throw new QuaysideError(
    'PROJECT_NOT_FOUND',
    `There is no project named ${name} on this engine, and no compose file here.`,
    {
      remedy: `Projects on this engine: ${others.map(({ project }) => project).join(', ') || 'none'}.`,
    },
  );
}

/** The problem inside whatever a client call threw. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof ORPCError)) return toProblem(error);
  const code = errorCodes.find((known) => known === error.code);
  const data: unknown = error.data;
  const { remedy, details } = isExtras(data) ? data : {};
  return {
    code: code ?? (error.code === 'BAD_REQUEST' ? 'USAGE' : 'INTERNAL'),
    message: error.message,
    ...(remedy === undefined ? {} : { remedy }),
    ...(details === undefined ? {} : { details }),
  };
}

function isExtras(data: unknown): data is { remedy?: string; details?: Record<string, unknown> } {
  return typeof data === 'object' && data !== null;
}
