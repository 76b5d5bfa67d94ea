import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type Role, role } from '#contract/index.ts';
import { exitStatus, statusOf } from '../exit-status.ts';
import { createOutput, type Output } from '../output.ts';
import type { Settle } from '../program.ts';
import { readPassword } from '../read-password.ts';
import { problemOf } from '../session.ts';

interface UsersOptions {
  readonly users: string;
  readonly role?: Role;
  readonly json?: boolean;
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
        done(output, `${name} may sign in as ${given.role}.`, given);
      },
  )
    .argument('<name>')
    .addOption(roles().default('viewer'));
  verb('remove', 'remove somebody; their sessions end at once', ([name = '']) => async (web, file, output) => {
    await web.removeUser(file, name);
    done(output, `${name} cannot sign in any more.`, { name });
  }).argument('<name>');
  verb('password', 'another password; their sessions end at once', ([name = '']) => async (web, file, output) => {
    await web.setPassword(file, name, await readPassword());
    done(output, `${name} has another password.`, { name });
  }).argument('<name>');
  verb('role', 'another role; their sessions end at once', ([name = '']) => async (web, file, output, options) => {
    const to = options.role ?? 'viewer';
    await web.setRole(file, name, to);
    done(output, `${name} is ${to} now.`, { name, role: to });
  })
    .argument('<name>')
    .addOption(roles().makeOptionMandatory());
}

function done(output: Output, sentence: string, result: object): void {
  output.line(sentence);
  output.result(true, result);
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
