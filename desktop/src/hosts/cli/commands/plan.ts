import { type Command, Option } from 'commander';
import { type Plan, verb } from '#contract/index.ts';
import { riskLine } from '../agree-to-risks.ts';
import { exitStatus } from '../exit-status.ts';
import type { Output } from '../output.ts';
import type { Register } from '../program.ts';
import { describeStep } from '../progress.ts';
import { addUpOptions, upAction } from './up-options.ts';

/** Deploy and rollback show their own plan, with --dry-run. */
const planned = verb.options.filter((one) => one !== 'deploy' && one !== 'rollback');

export function addPlan(program: Command, register: Register): void {
  const command = program
    .command('plan')
    .description('show what an operation would do; changes nothing')
    .argument('[service...]', 'only these services and what they depend on')
    .addOption(new Option('--verb <verb>', 'operation to plan').choices(planned).default('up'));
  addUpOptions(command);
  register(command, async (session) => {
    const { client, output } = session;
    const wanted = upAction(command.args, command.opts());
    const plan = await client.stack.plan({ environment: await session.environment(), action: wanted });
    showPlan(output, plan);
    output.result(true, { plan });
    return exitStatus.done;
  });
}

/** How a risk stands, before it is named. */
const riskWords = { ask: 'asks', agreed: 'agreed', forbidden: 'denied' } as const;

/** What is risked, the steps with their causes, and the equivalent command. */
export function showPlan(output: Output, plan: Plan): void {
  for (const warning of plan.warnings) output.line(`${output.paint('warn', 'note')} ${warning}`);
  for (const risk of plan.risks ?? [])
    output.line(`${output.paint('bad', riskWords[risk.decision].padEnd(6))} ${riskLine(risk)}`);
  if (plan.steps.length === 0) output.line('Nothing to do.');
  for (const step of plan.steps) output.line(`${describeStep(step)} ${output.paint('dim', `because ${step.cause}`)}`);
  output.line(output.paint('dim', plan.command));
}
