import type { Command } from 'commander';
import { type ConfigVariable, type EnvChange, type EnvDraft, QuaysideError } from '#contract/index.ts';
import { printable } from '#kit/printable.ts';
import { exitStatus } from '../exit-status.ts';
import type { Output } from '../output.ts';
import type { Register } from '../program.ts';
import type { Session } from '../session.ts';

interface EnvOptions {
  readonly in?: string;
  readonly dryRun?: boolean;
}

/** `env`, `env set`, `env unset`: the variables of an environment and its env files. */
export function addEnv(program: Command, register: Register): void {
  const command = program
    .command('env')
    .description('variables that the compose files use: value, where it comes from, what is missing; secrets masked');
  register(command, async (session) => {
    const { client, output } = session;
    const { variables, files, problem } = await client.configuration.variables({
      environment: await session.environment(),
    });
    for (const variable of variables) {
      output.event({ ...variable });
      output.line(variableLine(variable, output));
    }
    if (variables.length === 0) output.line('The compose files use no variables.');
    const missing = variables.filter((one) => one.missing && one.required).map(({ name }) => name);
    if (problem) output.hint(`note: ${problem.message}`);
    output.result(missing.length === 0, { files, missing });
    return missing.length === 0 ? exitStatus.done : exitStatus.usage;
  });
  addSet(command, register);
  addUnset(command, register);
}

function addSet(env: Command, register: Register): void {
  const command = env
    .command('set')
    .description('set variables in the env file; what is not given a value is read from standard input')
    .argument('<name=value...>', 'NAME=VALUE, or one NAME whose value comes from standard input (for secrets)');
  addOptions(command);
  register(command, async (session) => {
    const set: Record<string, string> = {};
    const open = command.args.filter((word) => !word.includes('='));
    if (open.length > 1)
      throw usage('Only one value can be read from standard input.', 'Give the others as NAME=VALUE.');
    for (const word of command.args) {
      const split = word.indexOf('=');
      if (split === -1) set[word] = await readInput();
      else set[word.slice(0, split)] = word.slice(split + 1);
    }
    return change(session, { kind: 'edit', set }, command.opts());
  });
}

function addUnset(env: Command, register: Register): void {
  const command = env
    .command('unset')
    .description('take variables out of the env file')
    .argument('<name...>', 'names of the variables');
  addOptions(command);
  register(command, (session) => change(session, { kind: 'edit', unset: [...command.args] }, command.opts()));
}

function addOptions(command: Command): void {
  command
    .option('--in <file>', 'which env file of the environment (default: the one that the compose files are read with)')
    .option('--dry-run', 'show what would change, and save nothing');
}

async function change(session: Session, what: EnvChange, options: EnvOptions): Promise<number> {
  const { client, output } = session;
  const environment = await session.environment();
  const { files, target } = await client.configuration.variables({ environment });
  const file = options.in ?? target;
  const revision = files.find((one) => one.file === file)?.revision ?? 'absent';
  const request = { environment, file, change: what, revision };
  const draft = await client.configuration.draft(request);
  for (const line of draftLines(draft, output)) output.line(line);
  const unknown =
    what.kind === 'edit' ? (what.unset ?? []).filter((name) => !draft.changes.some((one) => one.name === name)) : [];
  if (unknown.length > 0)
    throw usage(`${file} does not set ${unknown.join(', ')}.`, '`quayside env` lists what is set, and where.');
  const { changes, services, problems } = draft;
  if (problems[0] !== undefined) throw usage(problems[0].message, problems[0].remedy ?? 'Nothing was saved.');
  if (options.dryRun !== true && changes.length > 0) await client.configuration.save(request);
  if (services.length > 0) output.hint(`\`quayside up\` applies it to: ${services.join(', ')}.`);
  output.result(true, { file, changes, services, saved: options.dryRun !== true && changes.length > 0 });
  return exitStatus.done;
}

function draftLines({ file, changes }: EnvDraft, output: Output): string[] {
  if (changes.length === 0) return [`${file} says so already.`];
  return changes.map(({ name, kind, from, to }) => {
    const values = [from, to].filter((value) => value !== undefined).map(printable);
    return `${file}: ${printable(name)} ${kind}  ${output.paint('dim', values.join(' -> '))}`;
  });
}

function variableLine(variable: ConfigVariable, output: Output): string {
  const { name, value, missing, required, message, unused } = variable;
  const shown = value === undefined ? output.paint(required ? 'bad' : 'dim', 'not set') : printable(value);
  const notes = [
    sourceWords(variable),
    ...(missing && required ? [`required${message === undefined ? '' : `: ${message}`}`] : []),
    ...(unused ? ['not used'] : []),
  ].filter((word) => word !== '');
  return `${output.paint('bold', printable(name))}=${shown}  ${output.paint('dim', printable(notes.join('; ')))}`;
}

function sourceWords({ source }: ConfigVariable): string {
  switch (source.kind) {
    case 'file':
      return `${source.file}:${source.line}`;
    case 'default':
      return `default in ${source.file}:${source.line}`;
    case 'process':
      return source.over ? `the shell, over ${source.over.file}:${source.over.line}` : 'the shell';
    case 'none':
      return '';
  }
}

/** All of standard input, without the line end at its end. */
async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}

function usage(message: string, remedy: string): QuaysideError {
  return new QuaysideError('USAGE', message, { remedy });
}
