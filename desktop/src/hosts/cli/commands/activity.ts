import type { Command } from 'commander';
import type { ActivityEntry } from '#contract/index.ts';
import { printable } from '#kit/printable.ts';
import { exitStatus } from '../exit-status.ts';
import { count } from '../option-values.ts';
import type { Output, Style } from '../output.ts';
import type { Register } from '../program.ts';

interface ActivityOptions {
  readonly limit: number;
  readonly all?: boolean;
}

export function addActivity(program: Command, register: Register): void {
  const command = program
    .command('activity')
    .description('what was done from this account: who, what, when, with what result')
    .option('--limit <number>', 'entries to show, the newest', count, 50)
    .option('--all', 'of every project, not only of the chosen environment');
  register(command, async (session) => {
    const { client, output } = session;
    const { limit, all } = command.opts<ActivityOptions>();
    const about =
      all === true ? {} : { project: (await client.stack.get({ environment: await session.environment() })).project };
    const { entries, more } = await client.activity.list({ limit, ...about });
    for (const entry of entries.toReversed()) {
      output.event({ ...entry });
      output.line(sentenceOf(entry, output));
    }
    if (entries.length === 0) output.line('Nothing was done yet.');
    if (more) output.hint('There are older entries; --limit shows more.');
    output.result(true, { entries: entries.length, more });
    return exitStatus.done;
  });
  addVerify(command, register);
}

function addVerify(activity: Command, register: Register): void {
  const command = activity.command('verify').description('whether the log is as it was written');
  register(command, async ({ client, output }) => {
    const check = await client.activity.verify();
    for (const { file, line, sentence } of check.faults) {
      output.line(`${output.paint('bad', 'changed')}  ${file}${line === undefined ? '' : `:${line}`}  ${sentence}`);
    }
    if (check.cutOff > 0) output.line(`${check.cutOff} lines were cut off while they were written.`);
    output.line(check.ok ? `The log is whole: ${check.entries} entries.` : 'The log is not as it was written.');
    output.result(check.ok, { ...check });
    return check.ok ? exitStatus.done : exitStatus.failed;
  });
}

const styles: Record<NonNullable<ActivityEntry['outcome']>, Style> = {
  done: 'ok',
  failed: 'bad',
  cancelled: 'warn',
  restored: 'warn',
  unrestored: 'bad',
};

function sentenceOf(entry: ActivityEntry, output: Output): string {
  const { at, actor, via, kind, project, services, target, phase, outcome, summary, code, risks = [] } = entry;
  const agreed = risks.length === 0 ? [] : [`(agreed to ${risks.join(', ')})`];
  const what = [kind, target, ...services, ...agreed].filter((word) => word !== undefined).join(' ');
  const result = outcome === undefined ? output.paint('dim', phase) : output.paint(styles[outcome], outcome);
  const why = summary ?? code ?? '';
  return (
    printable(`${at}  ${actor === '' ? 'unknown' : actor} (${via})  ${project === '' ? '' : `${project}: `}${what}  `) +
    result +
    printable(why === '' ? '' : `  ${why}`)
  );
}
