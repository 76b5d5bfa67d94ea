import { QuaysideError } from '#contract/index.ts';
import type { ContainerDetail } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import type { RunContext } from './context.ts';
import { readLastLines } from './last-lines.ts';
import { probeText } from './probe-text.ts';

const tailLines = 20;

/** A container that ended although it should run (or ended badly): with its exit code and last lines. */
export async function exitedError(
  context: RunContext,
  service: string,
  container: ContainerDetail,
): Promise<QuaysideError> {
  return new QuaysideError('SERVICE_EXITED', `${endOf(service, container)}.`, {
    remedy: container.oomKilled
      ? say`Raise its memory limit, or find what uses the memory.`
      : say`Read its last log lines: they usually name the cause.`,
    details: { ...(await lastWords(context, service, container)), exitCode: container.exitCode },
  });
}

function endOf(service: string, { exitCode, oomKilled, restartCount }: ContainerDetail): string {
  const end = oomKilled
    ? say`${service} exited with code ${exitCode} because it ran out of memory`
    : say`${service} exited with code ${exitCode}`;
  return restartCount > 0 ? say`${end} after ${restartCount} restarts` : end;
}

/** A container whose health command failed too often: with the last probe and its last lines. */
export async function unhealthyError(
  context: RunContext,
  service: string,
  container: ContainerDetail,
): Promise<QuaysideError> {
  const output = container.probes.at(-1)?.output ?? '';
  const missing = /executable file not found|: not found|no such file/i.test(output);
  return new QuaysideError(
    'SERVICE_UNHEALTHY',
    say`${service} is unhealthy: ${probeText(container, context.maskFor(context.model))}.`,
    {
      remedy: missing
        ? say`The health command does not exist in this image: change the healthcheck in the compose file or the Dockerfile.`
        : say`Read its last log lines and the output of its health command.`,
      details: await lastWords(context, service, container),
    },
  );
}

/** The time was over before the container met the condition: with what it waits for, the last probe and the last lines. */
export async function timeoutError(
  context: RunContext,
  service: string,
  { reason, container }: { reason: string; container: ContainerDetail },
  seconds: number,
): Promise<QuaysideError> {
  return new QuaysideError('WAIT_TIMEOUT', say`${service} is not healthy after ${seconds} s: ${reason}.`, {
    remedy: say`Give it more time, or look at its log lines for what it is doing.`,
    details: { ...(await lastWords(context, service, container)), reason },
  });
}

/** What a container said last, through its health command and by itself. */
async function lastWords(
  context: RunContext,
  service: string,
  container: ContainerDetail,
): Promise<Record<string, unknown>> {
  const mask = context.maskFor(context.model);
  const output = container.probes.at(-1)?.output;
  const probe = output === undefined ? undefined : mask(output).slice(0, 4096);
  const logs = await readLastLines(context.gateway, container, tailLines, mask);
  return { service, container: container.name, ...(probe === undefined ? {} : { probe }), logs };
}
