import { type Command, Option } from 'commander';
import { type Action, action } from '#contract/index.ts';
import { agreeToRisks } from '../agree-to-risks.ts';
import { exitStatus } from '../exit-status.ts';
import { runAction } from '../follow-operation.ts';
import { replicas } from '../option-values.ts';
import type { Register } from '../program.ts';
import type { Session } from '../session.ts';
import { showFinding } from './preflight.ts';
import { addRiskOption, addUpOptions, upAction } from './up-options.ts';

export function addUp(program: Command, register: Register): void {
  const command = program
    .command('up')
    .description('build or pull what is missing, create and start the stack, and wait until it is healthy')
    .argument('[service...]', 'only these services and what they depend on');
  // As it always is; whoever comes from docker compose types it.
  addUpOptions(command).addOption(new Option('-d, --detach').hideHelp());
  register(command, (session) => converge(session, upAction(command.args, command.opts())));
}

export function addScale(program: Command, register: Register): void {
  const command = program
    .command('scale')
    .description('run a service as often as said; the next up goes by the files again')
    .argument('<service=n...>', 'replicas by service', replicas)
    .option('--no-deps', 'leave what the services depend on alone');
  addRiskOption(command);
  register(command, (session) => {
    const [scale] = command.processedArgs as [Record<string, number>];
    const { deps, allowRisk: allowRisks } = command.opts<{ deps: boolean; allowRisk?: string[] }>();
    const noDeps = deps ? {} : { noDeps: true };
    return converge(session, action.parse({ verb: 'up', services: Object.keys(scale), scale, allowRisks, ...noDeps }));
  });
}

/** Plans, refuses on a blocker, and carries out; an empty plan is done at once. */
async function converge(session: Session, wanted: Action): Promise<number> {
  const environment = await session.environment();
  const plan = await session.client.stack.plan({ environment, action: wanted });
  if (plan.steps.length === 0) {
    for (const warning of plan.warnings) session.output.line(`${session.output.paint('warn', 'note')} ${warning}`);
    session.output.line('Nothing to do: everything runs as the files say.');
    session.output.result(true, { outcome: 'done', summary: 'Nothing to do: everything runs as the files say.' });
    return exitStatus.done;
  }
  if (await refused(session, environment)) return exitStatus.preflight;
  return runAction(session, environment, await agreeToRisks(session, environment, wanted));
}

/** Runs the preflight checks; shows what they found and says true where a blocker forbids to go on. */
async function refused({ client, output }: Session, environment: string): Promise<boolean> {
  const report = await client.preflight.run({ environment });
  for (const finding of report.findings) if (finding.severity !== 'ok') showFinding(output, finding);
  if (report.ok) return false;
  output.result(false, { problem: { code: 'PREFLIGHT_REFUSED', message: 'Preflight found a blocker.' }, report });
  return true;
}
