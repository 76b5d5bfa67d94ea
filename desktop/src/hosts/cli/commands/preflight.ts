import type { Command } from 'commander';
import type { Finding, Repair } from '#contract/index.ts';
import { shellWord } from '#kit/shell-word.ts';
import { exitStatus } from '../exit-status.ts';
import type { Output, Style } from '../output.ts';
import type { Register } from '../program.ts';

const marks: Record<Finding['severity'], { word: string; style: Style }> = {
  ok: { word: 'ok     ', style: 'ok' },
  note: { word: 'note   ', style: 'dim' },
  warning: { word: 'warning', style: 'warn' },
  blocker: { word: 'blocker', style: 'bad' },
};

export function addPreflight(program: Command, register: Register): void {
  const command = program.command('preflight').description('say what would keep the stack from starting');
  register(command, async (session) => {
    const { client, output } = session;
    const report = await client.preflight.run({ environment: await session.environment() });
    for (const finding of report.findings) showFinding(output, finding);
    output.result(report.ok, { report });
    return report.ok ? exitStatus.done : exitStatus.preflight;
  });
}

/** The command that does what a repair of the panel does. */
export function repairCommand(repair: Repair): string {
  switch (repair.kind) {
    case 'env-form':
      return `cp ${shellWord(repair.example)} ${shellWord(repair.file)}`;
    case 'variable':
      return `quayside env set ${assignment(repair)}`;
    case 'registry-login':
      return repair.registry === 'docker.io' ? 'docker login' : `docker login ${shellWord(repair.registry)}`;
    case 'command':
      return repair.command;
  }
}

/** Without a value a secret is read from standard input, and any other one is for the reader to fill in. */
function assignment({ name, value, secret }: Extract<Repair, { kind: 'variable' }>): string {
  if (value !== undefined) return shellWord(`${name}=${value}`);
  return secret ? name : `${name}=…`;
}

/** One finding: what, why, what to do, and the commands that do it. */
export function showFinding(output: Output, finding: Finding): void {
  const { word, style } = marks[finding.severity];
  output.line(`${output.paint(style, word)} ${finding.title}`);
  if (finding.severity === 'ok') return;
  if (finding.why !== undefined) output.line(`        ${output.paint('dim', finding.why)}`);
  if (finding.remedy !== undefined) output.line(`        ${finding.remedy}`);
  for (const repair of finding.repairs ?? [])
    output.line(`        ${output.paint('dim', '$')} ${repairCommand(repair)}`);
}
