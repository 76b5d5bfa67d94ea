import { QuaysideError } from '#contract/index.ts';
import type { HookModel, ServiceModel } from '#engine/compose/index.ts';
import { say } from '#kit/say.ts';
import type { RunContext } from './context.ts';

type Moment = 'post_start' | 'pre_stop';

const tailLines = 20;

/** Runs the commands that a service wants run in its container, one after the other. Throws HOOK_FAILED where one fails. */
export async function runHooks(
  context: RunContext,
  service: ServiceModel,
  moment: Moment,
  container: string,
): Promise<void> {
  for (const [index, hook] of (service[moment] ?? []).entries()) {
    const name = `services.${service.name}.${moment}[${index}]`;
    const { exitCode, output } = await context.gateway.containers.exec(container, request(service, hook, context));
    if (exitCode !== 0) throw hookError(name, exitCode, output);
  }
}

function request(service: ServiceModel, hook: HookModel, { signal }: RunContext) {
  const environment = Object.entries(hook.environment ?? {}).map(([key, value]) =>
    value === null ? key : `${key}=${value}`,
  );
  return {
    command: hook.command ?? [],
    environment,
    tty: service['tty'] === true,
    signal,
    ...(hook.user === undefined ? {} : { user: hook.user }),
    ...(hook.privileged === undefined ? {} : { privileged: hook.privileged }),
    ...(hook.working_dir === undefined ? {} : { workingDir: hook.working_dir }),
  };
}

function hookError(name: string, exitCode: number, output: string): QuaysideError {
  const lines = output.split(/\r?\n/).filter((line) => line !== '');
  const last = lines.at(-1);
  return new QuaysideError(
    'HOOK_FAILED',
    last === undefined ? say`${name} ended with code ${exitCode}.` : say`${name} ended with code ${exitCode}: ${last}.`,
    {
      remedy: say`Run the command of the hook in the container by hand, or correct it in the compose file.`,
      details: { hook: name, exitCode, output: lines.slice(-tailLines) },
    },
  );
}
