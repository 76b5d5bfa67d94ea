import { QuaysideError } from '#contract/index.ts';
import type { ContainerDetail } from '#engine/docker/index.ts';
import type { RunContext } from './context.ts';
import { probeText } from './probe-text.ts';

const tailLines = 20;

/** A container that ended although it should run (or ended badly): with its exit code and last lines. */
export async function exitedError(
  context: RunContext,
  service: string,
  container: ContainerDetail,
): Promise<QuaysideError> {
  const lines = await lastLines(context, container);
  const oom = container.oomKilled ? ' because it ran out of memory' : '';
  const again = container.restartCount > 0 ? ` after ${container.restartCount} restarts` : '';
  return new QuaysideError('SERVICE_EXITED', `${service} exited with code ${container.exitCode}${oom}${again}.`, {
    remedy: container.oomKilled
      ? 'Raise its memory limit, or find what uses the memory.'
      : 'Read its last log lines: they usually name the cause.',
    details: { service, container: container.name, exitCode: container.exitCode, logs: lines },
  });
}

/** A container whose health command failed too often: with the last probe and its last lines. */
export async function unhealthyError(
  context: RunContext,
  service: string,
  container: ContainerDetail,
): Promise<QuaysideError> {
  const lines = await lastLines(context, container);
  const output = container.probes.at(-1)?.output ?? '';
  const missing = /executable file not found|: not found|no such file/i.test(output);
  return new QuaysideError('SERVICE_UNHEALTHY', `${service} is unhealthy: ${probeText(container)}.`, {
    remedy: missing
      ? 'The health command does not exist in this image: change the healthcheck in the compose file or the Dockerfile.'
      : 'Read its last log lines and the output of its health command.',
    details: { service, container: container.name, probe: output.slice(0, 4096), logs: lines },
  });
}

async function lastLines(context: RunContext, container: ContainerDetail): Promise<string[]> {
  const chunks: Buffer[] = [];
  try {
    const stream = context.gateway.containers.logs(container.id, container.tty, { follow: false, tail: tailLines });
    for await (const chunk of stream) chunks.push(Buffer.from(chunk.payload));
  } catch (error) {
    return [`(log lines could not be read: ${error instanceof Error ? error.message : String(error)})`];
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.slice(line.indexOf(' ') + 1))
    .slice(-tailLines);
}
