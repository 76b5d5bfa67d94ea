import { Command, CommanderError, Option } from 'commander';
import { version } from '#kit/version.ts';
import { addActivity } from './commands/activity.ts';
import { addBuilds } from './commands/builds.ts';
import { addConfig } from './commands/config.ts';
import { addDiagnostics } from './commands/diagnostics.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEnv } from './commands/env.ts';
import { addHealth } from './commands/health.ts';
import { addLifecycle } from './commands/lifecycle.ts';
import { addLogs } from './commands/logs.ts';
import { addLs } from './commands/ls.ts';
import { addPlan } from './commands/plan.ts';
import { addPreflight } from './commands/preflight.ts';
import { addPs } from './commands/ps.ts';
import { addReleases } from './commands/releases.ts';
import { addServe } from './commands/serve.ts';
import { addStats } from './commands/stats.ts';
import { addScale, addUp } from './commands/up.ts';
import { addUsers } from './commands/users.ts';
import { addVersion } from './commands/version.ts';
import { exitStatus } from './exit-status.ts';
import type { GlobalOptions } from './global-options.ts';
import { collect } from './option-values.ts';
import { type Session, withSession } from './session.ts';

/** Registers a verb: the action runs with a session and its return value becomes the exit status. */
export type Register = (command: Command, action: (session: Session) => Promise<number>) => void;

/** Takes the exit status of a verb that has no session. */
export type Settle = (status: number) => void;

/** Parses the command line, runs the verb, and returns the exit status. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  let status: number = exitStatus.done;
  const settle: Settle = (ended) => {
    status = ended;
  };
  const program = createProgram((command, action) => {
    command.action(async () => {
      settle(await withSession(command.optsWithGlobals<GlobalOptions>(), action));
    });
  }, settle);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.done : exitStatus.usage;
    throw error;
  }
}

function createProgram(register: Register, settle: Settle): Command {
  const program = new Command('quayside')
    .description('Run, watch and roll back a Docker Compose stack.')
    .exitOverride()
    .version(
      `Quayside ${version}`,
      '--version',
      'print the version of Quayside; the verb `version` tells that of the engine too',
    )
    .showHelpAfterError('(quayside --help lists the verbs and options)')
    .option('-C, --directory <dir>', 'project folder (default: the current one)')
    .option('--env <name>', 'environment: development, production, or one that quayside.yml names')
    .option('-f, --file <file>', 'compose file, repeatable; replaces the environments', collect)
    .option('--env-file <file>', 'env file, repeatable', collect)
    .option('-p, --project-name <name>', 'compose project name')
    .option('--profile <profile>', 'profile to enable, repeatable', collect)
    .option('--host <endpoint>', 'engine endpoint, such as unix:///var/run/docker.sock')
    .addOption(new Option('--context <name>', 'docker context to use').conflicts('host'))
    .option('--json', 'NDJSON on standard output');
  addPreflight(program, register);
  addConfig(program, register);
  addEnv(program, register);
  addPlan(program, register);
  addUp(program, register);
  addScale(program, register);
  addLifecycle(program, register);
  addLs(program, register);
  addPs(program, register);
  addHealth(program, register);
  addStats(program, register);
  addLogs(program, register);
  addReleases(program, register);
  addActivity(program, register);
  addBuilds(program, register);
  addDoctor(program, register);
  addDiagnostics(program, register);
  addServe(program, settle);
  addUsers(program, settle);
  addVersion(program, register);
  for (const command of program.commands) {
    command.copyInheritedSettings(program);
    takeGlobalOptions(command, program);
  }
  // A verb's own options come first: behind `logs`, -f means to follow.
  return program.enablePositionalOptions();
}

/** Global options are also understood behind a verb, but for letters that it uses itself. */
function takeGlobalOptions(command: Command, program: Command): void {
  const taken = new Set(command.options.flatMap(({ short, long }) => [short, long]));
  for (const option of program.options) {
    const { short, flags } = option;
    const name = option.attributeName();
    if (taken.has(option.long) || option.long === '--version') continue;
    const own = taken.has(short) ? flags.slice(flags.indexOf('--')) : flags;
    command.addOption(new Option(own).hideHelp());
    command.on(`option:${option.name()}`, (value: string | undefined) => {
      const given: unknown = option.parseArg?.(value ?? '', program.getOptionValue(name)) ?? value ?? true;
      program.setOptionValueWithSource(name, given, 'cli');
    });
  }
}
