import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Action, action } from '#contract/index.ts';
import { exitStatus } from '../exit-status.ts';
import { runAction } from '../follow-operation.ts';
import type { Register } from '../program.ts';
import type { Session } from '../session.ts';
import { showFinding } from './preflight.ts';

export function addUp(program: Command, register: Register): void {
  const command = program
    .command('up')
    .description('build or pull what is missing, create and start the stack, and wait until it is healthy')
    .argument('[service...]', 'only these services and what they depend on')
    .option('--build', 'build images even when they exist')
    .addOption(new Option('--pull <policy>', 'pull policy').choices(['always', 'missing', 'never']))
    .option('--force-recreate', 'recreate containers that need no change')
    .option('--remove-orphans', 'remove containers of services that the files no longer name')
    .option('--no-wait', 'do not wait until the services are healthy')
    .option('--wait-timeout <seconds>', 'seconds to wait', positive);
  register(command, async (session) => {
    const environment = await session.environment();
    const wanted = action.parse({ verb: 'up', services: command.args, ...command.opts<object>() });
    const plan = await session.client.stack.plan({ environment, action: wanted });
    if (plan.steps.length === 0) {
      for (const warning of plan.warnings) session.output.line(`${session.output.paint('warn', 'note')} ${warning}`);
      session.output.line('Nothing to do: everything runs as the files say.');
      session.output.result(true, { outcome: 'done', summary: 'Nothing to do: everything runs as the files say.' });
      return exitStatus.done;
    }
    return (await refused(session, environment)) ? exitStatus.preflight : runAction(session, environment, wanted);
  });
}

/** Runs the preflight checks; shows what they found and says true where a blocker forbids to go on. */
async function refused({ client, output }: Session, environment: string): Promise<boolean> {
  const report = await client.preflight.run({ environment });
  for (const finding of report.findings) if (finding.severity !== 'ok') showFinding(output, finding);
  if (report.ok) return false;
  output.result(false, { problem: { code: 'PREFLIGHT_REFUSED', message: 'Preflight found a blocker.' }, report });
  return true;
}

/** A positive number of seconds. */
function positive(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('has to be a number of seconds above 0.');
  return value;
}

/** Zero or more seconds. */
export function seconds(text: string): NonNullable<Action['timeout']> {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError('has to be a number of seconds.');
  return value;
}
