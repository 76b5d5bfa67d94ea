import type { Command } from 'commander';
import { type ContainerUsage, QuaysideError, type StackUsage } from '#contract/index.ts';
import { memorySize } from '#kit/memory-size.ts';
import { engineNow } from '../engine-now.ts';
import { exitStatus } from '../exit-status.ts';
import type { Output } from '../output.ts';
import type { Register } from '../program.ts';
import type { Session } from '../session.ts';
import { tableLines } from '../table.ts';

export function addStats(program: Command, register: Register): void {
  const command = program
    .command('stats')
    .description('print what each running container uses of processors and memory')
    .argument('[service...]', 'only these services')
    .option('--watch', 'go on, every five seconds, until interrupted');
  register(command, async (session) => {
    const environment = await session.environment();
    await check(session, environment, command.args);
    const watched = command.opts<{ watch?: boolean }>().watch === true;
    await show(session, environment, command.args, watched);
    session.output.result(true, {});
    return exitStatus.done;
  });
}

/** Throws where the engine does not answer, or a service is none of the stack. */
async function check({ client, signal }: Session, environment: string, services: readonly string[]): Promise<void> {
  const engine = await engineNow(client, signal);
  if (engine?.problem !== undefined)
    throw new QuaysideError(engine.problem.code, engine.problem.message, engine.problem);
  const known = (await client.stack.get({ environment })).services.map(({ name }) => name);
  const unknown = services.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new QuaysideError('SERVICE_NOT_FOUND', `There is no service named ${unknown}.`, {
    remedy: `The services are: ${known.join(', ')}.`,
  });
}

async function show(
  session: Session,
  environment: string,
  services: readonly string[],
  watched: boolean,
): Promise<void> {
  const { client, output, signal } = session;
  const enough = new AbortController();
  const ended = AbortSignal.any([signal, enough.signal]);
  let lines = 0;
  try {
    for await (const usage of await client.stack.usage({ environment, pace: 'live' }, { signal: ended })) {
      // The table of before is written over.
      if (output.live && lines > 0) output.raw(`\u001b[${lines}A\u001b[J`);
      lines = tell(output, usage, services);
      if (!watched) enough.abort();
    }
  } catch (error) {
    if (!ended.aborted) throw error;
  }
}

/** Writes one reading and gives the number of lines it took. */
function tell(output: Output, { at, services }: StackUsage, wanted: readonly string[]): number {
  const containers = services
    .filter(({ name }) => wanted.length === 0 || wanted.includes(name))
    .flatMap(({ name, containers: own }) => own.map((container) => ({ service: name, container })));
  for (const { service, container } of containers) {
    const { name, ...figures } = container;
    output.event({ type: 'usage', at, service, container: name, ...figures });
  }
  const rows = containers.map(({ service, container }) => [service, container.name, ...figuresOf(container)]);
  const [head = '', ...lines] = tableLines(['SERVICE', 'CONTAINER', 'CPU', 'MEMORY', 'LIMIT', 'OF LIMIT'], rows);
  output.line(output.paint('dim', head));
  if (rows.length === 0) output.line('Nothing of it runs.');
  for (const line of lines) output.line(line);
  return 1 + Math.max(1, rows.length);
}

function figuresOf({ cores, memory, memoryLimit }: ContainerUsage): string[] {
  return [
    cores === undefined ? '-' : `${(cores * 100).toFixed(1)} %`,
    memorySize(memory),
    memoryLimit === undefined ? '-' : memorySize(memoryLimit),
    memoryLimit === undefined ? '-' : `${((memory / memoryLimit) * 100).toFixed(1)} %`,
  ];
}
