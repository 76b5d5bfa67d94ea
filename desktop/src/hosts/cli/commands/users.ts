import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type Role, role } from '#contract/index.ts';
import { createEngine } from '#engine/engine.ts';
import { version } from '#kit/version.ts';
import { exitStatus, statusOf } from '../exit-status.ts';
import { type GlobalOptions, selectionOf } from '../global-options.ts';
import { createOutput, type Output } from '../output.ts';
import type { Settle } from '../program.ts';
import { readPassword } from '../read-password.ts';
import { problemOf } from '../session.ts';

interface UsersOptions extends GlobalOptions {
  readonly users: string;
  readonly role?: Role;
}

type Web = typeof import('#hosts/web/index.ts');
type Deed = (web: Web, file: string, output: Output, options: UsersOptions) => Promise<void>;

/** Who may sign in to a panel that is served with this users file. A panel that runs follows each change at once. */
export function addUsers(program: Command, settle: Settle): void {
  const users = program.command('users').description('who may sign in to a served panel: accounts in a users file');
  const verb = (name: string, description: string, deed: (given: string[]) => Deed): Command => {
    const command = users
      .command(name)
      .description(description)
      .requiredOption('--users <file>', 'the users file that `serve --users` is given');
    return command.action(async () => {
      settle(await carryOut(command.optsWithGlobals<UsersOptions>(), deed(command.args)));
    });
  };
  const roles = () =>
    new Option('--role <role>', 'viewer looks, operator runs stacks, admin changes all').choices(role.options);
  verb('list', 'everybody and their roles', () => async (web, file, output) => {
    const found = await web.listUsers(file);
    for (const one of found) output.line(`${one.name}  ${output.paint('dim', one.role)}`);
    output.result(true, { users: found });
  });
  verb(
    'add',
    'add somebody; the password is asked for, or read from standard input',
    ([name = '']) =>
      async (web, file, output, options) => {
        const given = { name, role: options.role ?? 'viewer' };
        await web.addUser(file, given, await readPassword());
        await done(output, options, `${name} may sign in as ${given.role}.`, given);
      },
  )
    .argument('<name>')
    .addOption(roles().default('viewer'));
  verb('remove', 'remove somebody; their sessions end at once', ([name = '']) => async (web, file, output, options) => {
    await web.removeUser(file, name);
    await done(output, options, `${name} cannot sign in any more.`, { name });
  }).argument('<name>');
  verb(
    'password',
    'another password; their sessions end at once',
    ([name = '']) =>
      async (web, file, output, options) => {
        await web.setPassword(file, name, await readPassword());
        await done(output, options, `${name} has another password.`, { name });
      },
  ).argument('<name>');
  verb('role', 'another role; their sessions end at once', ([name = '']) => async (web, file, output, options) => {
    const to = options.role ?? 'viewer';
    await web.setRole(file, name, to);
    await done(output, options, `${name} is ${to} now.`, { name, role: to });
  })
    .argument('<name>')
    .addOption(roles().makeOptionMandatory());
}

type Changed = { readonly name: string; readonly role?: Role };

/** The change has been made, so it is told as done also where the activity log cannot be written. */
async function done(output: Output, options: UsersOptions, sentence: string, changed: Changed): Promise<void> {
  const engine = createEngine({ ...(await selectionOf(options)), hostKind: 'cli', version, env: process.env });
  try {
    await engine.activity.access({ kind: 'account', outcome: 'done', target: changed.name, summary: sentence });
  } catch (error) {
    output.hint(`The activity log cannot be written: ${problemOf(error).message}`);
  } finally {
    await engine.dispose();
  }
  output.line(sentence);
  output.result(true, changed);
}

async function carryOut(options: UsersOptions, deed: Deed): Promise<number> {
  const output = createOutput(options.json === true, process.env);
  try {
    await deed(await import('#hosts/web/index.ts'), resolve(options.users), output, options);
    return exitStatus.done;
  } catch (error) {
    const problem = problemOf(error);
    output.problem(problem);
    output.result(false, { problem });
    return statusOf(problem.code);
  }
}
