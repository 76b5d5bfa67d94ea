import type { Command } from 'commander';
import type { EngineState, PreflightReport, Verification } from '#contract/index.ts';
import { localTimes } from '#kit/local-time.ts';
import { printable } from '#kit/printable.ts';
import { engineNow } from '../engine-now.ts';
import { exitStatus, statusOf } from '../exit-status.ts';
import type { Output } from '../output.ts';
import type { Register } from '../program.ts';
import type { Session } from '../session.ts';
import { showFinding } from './preflight.ts';

export function addDoctor(program: Command, register: Register): void {
  const command = program
    .command('doctor')
    .description(
      'say whether the engine answers, what would keep the stack from starting, and whether what runs is as recorded',
    );
  register(command, async (session) => {
    const { output } = session;
    const seen = await examine(session);
    const status = show(output, seen);
    if (status !== exitStatus.done)
      output.hint('quayside diagnostics gathers what an engineer needs to help into one file.');
    output.result(status === exitStatus.done, { ...seen });
    return status;
  });
}

/** What was looked at. */
interface Seen {
  readonly engine: EngineState | undefined;
  readonly preflight: PreflightReport;
  /** The overall state in a sentence. */
  readonly stack: string;
  /** Absent where nothing was deployed. */
  readonly verification?: Verification;
}

async function examine({ client, signal, ...session }: Session): Promise<Seen> {
  const environment = await session.environment();
  const engine = await engineNow(client, signal);
  const preflight = await client.preflight.run({ environment });
  const { sentence } = await client.stack.get({ environment });
  if (engine?.state !== 'connected') return { engine, preflight, stack: sentence };
  const releases = await client.releases.list({ environment });
  if (releases.every(({ current }) => !current)) return { engine, preflight, stack: sentence };
  return { engine, preflight, stack: sentence, verification: await client.releases.verify({ environment }) };
}

function show(output: Output, { engine, preflight, stack, verification }: Seen): number {
  const fine = preflight.findings.filter(({ severity }) => severity === 'ok').length;
  for (const finding of preflight.findings) if (finding.severity !== 'ok') showFinding(output, finding);
  output.line(`${fine} of ${preflight.findings.length} checks found nothing to say.`);
  output.line(printable(stack));
  for (const { service, ok, reason = 'it is not as recorded' } of verification?.services ?? [])
    if (!ok) output.line(`${output.paint('bad', 'not as recorded')} ${service}: ${printable(reason)}`);
  if (verification) output.line(localTimes(printable(verification.sentence)));
  if (engine?.state !== 'connected') {
    output.line(output.paint('bad', 'No engine answers, so nothing can be started.'));
    return engine?.problem === undefined ? exitStatus.noEngine : statusOf(engine.problem.code);
  }
  if (!preflight.ok) {
    output.line(output.paint('bad', 'Something is in the way of a start: it is named above, with what mends it.'));
    return exitStatus.preflight;
  }
  if (verification?.ok === false) {
    output.line(output.paint('bad', 'What runs is not what the current release recorded.'));
    return exitStatus.failed;
  }
  output.line(output.paint('ok', 'Nothing is in the way.'));
  return exitStatus.done;
}
